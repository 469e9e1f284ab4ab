package io.sluice.internal.material;

import io.sluice.internal.pem.PemText;
import io.sluice.internal.settings.Location;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import java.util.Optional;

/** Finds out why a store shows no certificate to trust. */
final class MissingTrustAnchors {

    private MissingTrustAnchors() {}

    static Problem problem(StoreSettings settings, StoreFile file, StorePassword password) {
        Setting named = file.named();
        int unmarked = unmarked(settings, password);
        if (unmarked > 0) {
            return Problem.of(
                    named,
                    "the store " + named.shown() + " holds " + unmarked
                            + (unmarked == 1 ? " certificate" : " certificates")
                            + " not marked as trusted (attribute 2.16.840.1.113894.746875.1.1), as openssl writes"
                            + " PKCS12, so Java trusts none",
                    "Create the store with keytool -importcert, or with openssl pkcs12 -export -nokeys"
                            + " -jdktrust anyExtendedKeyUsage (OpenSSL 3.2 or later)");
        }
        if (password.value() == null && settings.location().isPresent()) {
            return Problem.unset(
                    settings.prefix() + ".password",
                    "without a password the store that " + named.property() + " names shows no certificate",
                    "Set the store's password");
        }
        return Problem.of(
                named,
                "the store " + named.shown() + " holds no trusted certificate",
                unmarked == 0
                        ? "Put the certificates to trust into it, with keytool -importcert"
                        : "Put the certificates to trust into it, with keytool -importcert;"
                                + " openssl pkcs12 does not mark them as trusted");
    }

    /** How many certificates the JDK leaves out; negative if that cannot be found out. */
    private static int unmarked(StoreSettings settings, StorePassword password) {
        Optional<byte[]> bytes = settings.location().flatMap(location -> Location.read(location, new Problems()));
        boolean pkcs12 = bytes.isPresent()
                && PemText.of(bytes.get()).blocks().stream()
                        .anyMatch(block -> block.label().equals("PKCS12"));
        if (!pkcs12) {
            return 0;
        }
        try {
            return BouncyCastlePkcs12.certificates(bytes.get(), password.value());
        } catch (NoClassDefFoundError e) {
            return -1;
        }
    }
}
