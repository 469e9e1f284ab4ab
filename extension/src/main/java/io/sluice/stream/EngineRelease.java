package io.sluice.stream;

import java.lang.reflect.Method;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Releases an engine that holds native memory: Netty's OpenSSL engine is counted by reference, and used up by its one
 * connection. Found by the name of its interface, for Netty is no dependency.
 */
final class EngineRelease {

    private static final String COUNTED = "io.netty.util.ReferenceCounted";

    private static final ClassValue<Optional<Method>> RELEASE = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> engine) {
            return release(engine);
        }
    };

    private EngineRelease() {}

    /** What to run when nobody uses the engine any more. */
    static Runnable of(SSLEngine engine) {
        return RELEASE.get(engine.getClass())
                .<Runnable>map(release -> () -> invoke(release, engine))
                .orElse(() -> {});
    }

    private static void invoke(Method release, SSLEngine engine) {
        try {
            release.invoke(engine);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the engine " + engine.getClass().getName() + " cannot be released", e);
        }
    }

    private static Optional<Method> release(Class<?> engine) {
        for (Class<?> type = engine; type != null; type = type.getSuperclass()) {
            for (Class<?> face : type.getInterfaces()) {
                if (face.getName().equals(COUNTED)) {
                    return method(face);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Method> method(Class<?> face) {
        try {
            return Optional.of(face.getMethod("release"));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }
}
