package io.sluice.internal.jsse;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;

/** The parameters that the JDK got after 17, which this code is compiled against: signature schemes (19) and named groups (20). */
final class LaterParameters {

    private record Accessors(Method getter, Method setter) {}

    private static final List<Accessors> ACCESSORS = Stream.of(
                    "SignatureSchemes", "NamedGroups", "EnableCertificateCompression")
            .flatMap(name -> accessors(name).stream())
            .toList();

    private LaterParameters() {}

    static void copy(SSLParameters from, SSLParameters to) {
        for (Accessors accessors : ACCESSORS) {
            try {
                accessors.setter().invoke(to, accessors.getter().invoke(from));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("SSLParameters refuses a copy of its own value", e);
            }
        }
    }

    private static Optional<Accessors> accessors(String name) {
        try {
            Method getter = SSLParameters.class.getMethod("get" + name);
            return Optional.of(
                    new Accessors(getter, SSLParameters.class.getMethod("set" + name, getter.getReturnType())));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }
}
