package io.sluice.internal.jsse;

import java.lang.reflect.Method;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Releases an engine that holds native memory. Netty's OpenSSL engine is reference-counted and serves one connection only. It is
 * found by the name of its interface, because Netty is not a dependency.
 */
public final class EngineRelease {

    private static final String COUNTED = "io.netty.util.ReferenceCounted";

    private static final ClassValue<Optional<Method>> RELEASE = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> engine) {
            return release(engine);
        }
    };

    private EngineRelease() {}

    /**
     * The release of an engine.
     *
     * @param engine any engine
     * @return the action to run once when the engine is no longer used; it does nothing for most engines
     */
    public static Runnable of(SSLEngine engine) {
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
