package io.sluice.internal.jsse;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The parameters that are newer than JDK 17, which this code is compiled for: signature schemes (19) and named groups (20). */
final class LaterParameters {

    static final List<Accessors> ACCESSORS = Stream.of(
                    KeyExchange.SCHEMES, KeyExchange.GROUPS, "EnableCertificateCompression")
            .flatMap(name -> accessors(name).stream())
            .toList();

    private LaterParameters() {}

    record Accessors(Method getter, Method setter) {

        @Nullable
        Object value(SSLParameters parameters) {
            return call(getter, parameters);
        }

        void set(SSLParameters parameters, @Nullable Object value) {
            call(setter, parameters, value);
        }

        private static @Nullable Object call(Method method, SSLParameters parameters, @Nullable Object... values) {
            try {
                return method.invoke(parameters, values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("SSLParameters refuses a copy of its own value", e);
            }
        }
    }

    static boolean has(String name) {
        return accessors(name).isPresent();
    }

    /** The value of a list; empty if it is not set, or this JVM has no such parameter. */
    static List<String> list(String name, SSLParameters parameters) {
        return accessors(name)
                .map(accessors -> accessors.value(parameters))
                .map(value -> List.of((String[]) value))
                .orElse(List.of());
    }

    /** Sets a list, unless it is empty, or this JVM has no such parameter. */
    static void set(String name, List<String> list, SSLParameters parameters) {
        if (!list.isEmpty()) {
            accessors(name).ifPresent(accessors -> accessors.set(parameters, list.toArray(String[]::new)));
        }
    }

    static void copy(SSLParameters from, SSLParameters to) {
        ACCESSORS.forEach(accessors -> accessors.set(to, accessors.value(from)));
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
