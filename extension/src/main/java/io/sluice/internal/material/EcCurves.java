package io.sluice.internal.material;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;

/** The elliptic curves of keys. The JDK reads keys of more curves than it can use. */
final class EcCurves {

    private static final List<String> COMMON = List.of("secp256r1", "secp384r1", "secp521r1");

    private EcCurves() {}

    /** The curve of a key, unless this JVM can use it; empty for keys of other kinds. */
    static Optional<String> unsupported(Key key) {
        return key instanceof ECKey ec ? Optional.of(name(ec)).filter(name -> !isSupported(name)) : Optional.empty();
    }

    /** The curves to advise. */
    static List<String> supported() {
        return COMMON.stream().filter(EcCurves::isSupported).toList();
    }

    /** The JDK's parameters begin their string with the name; a curve without a name is described by its size. */
    private static String name(ECKey key) {
        String name = key.getParams().toString().split("[ (\\[]")[0];
        return name.contains("@")
                ? "of " + key.getParams().getCurve().getField().getFieldSize() + " bits without a name"
                : name;
    }

    private static boolean isSupported(String name) {
        try {
            KeyPairGenerator.getInstance("EC").initialize(new ECGenParameterSpec(name));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
