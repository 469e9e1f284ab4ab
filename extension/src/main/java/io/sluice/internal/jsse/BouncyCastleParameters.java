package io.sluice.internal.jsse;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that Bouncy Castle's engines and sockets have in addition to JSSE's. They are found by the names of their interfaces,
 * because Bouncy Castle is not a dependency.
 */
final class BouncyCastleParameters {

    private static final String INTERFACE = "org.bouncycastle.jsse.BCSSL";

    /** The methods that read and set the parameters. No class of this jar, which Bouncy Castle's classes would then keep alive. */
    private static final ClassValue<List<Method>> METHODS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return methods(type);
        }
    };

    private BouncyCastleParameters() {}

    /** How the parameters of an engine or socket are read and set. */
    private record Access(Method read, Method write) {

        Object parameters(Object connection) {
            return Objects.requireNonNull(call(read, connection));
        }

        void set(Object parameters, Object connection) {
            call(write, connection, parameters);
        }
    }

    private static Optional<Access> access(Object connection) {
        List<Method> methods = METHODS.get(connection.getClass());
        return methods.isEmpty() ? Optional.empty() : Optional.of(new Access(methods.get(0), methods.get(1)));
    }

    /** Whether an engine or socket is Bouncy Castle's. */
    static boolean areOf(Object connection) {
        return !METHODS.get(connection.getClass()).isEmpty();
    }

    /** What an engine or socket negotiates; the default if it is not Bouncy Castle's, or has its own. */
    static KeyExchange of(Object connection) {
        return access(connection)
                .map(access -> access.parameters(connection))
                .map(parameters ->
                        new KeyExchange(list(KeyExchange.GROUPS, parameters), list(KeyExchange.SCHEMES, parameters)))
                .orElse(KeyExchange.DEFAULT);
    }

    /** Sets what an engine or socket of Bouncy Castle negotiates. Does nothing to others. */
    static void set(KeyExchange wanted, Object connection) {
        if (wanted.equals(KeyExchange.DEFAULT)) {
            return;
        }
        access(connection).ifPresent(access -> {
            Object parameters = access.parameters(connection);
            set(KeyExchange.GROUPS, wanted.groups(), parameters);
            set("EarlyKeyShares", wanted.keyShares(), parameters);
            set(KeyExchange.SCHEMES, wanted.signatureSchemes(), parameters);
            access.set(parameters, connection);
        });
    }

    private static List<String> list(String name, Object parameters) {
        return !(call(method(parameters.getClass(), "get" + name), parameters) instanceof String[] list)
                ? List.of()
                : List.of(list);
    }

    private static void set(String name, List<String> list, Object parameters) {
        if (!list.isEmpty()) {
            call(method(parameters.getClass(), "set" + name, String[].class), parameters, (Object)
                    list.toArray(String[]::new));
        }
    }

    private static List<Method> methods(Class<?> type) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            for (Class<?> face : next.getInterfaces()) {
                if (face.getName().startsWith(INTERFACE)) {
                    Method read = method(face, "getParameters");
                    return List.of(read, method(face, "setParameters", read.getReturnType()));
                }
            }
        }
        return List.of();
    }

    private static Method method(Class<?> type, String name, Class<?>... arguments) {
        try {
            return type.getMethod(name, arguments);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " of this version of Bouncy Castle has no " + name, e);
        }
    }

    private static @Nullable Object call(Method method, Object on, @Nullable Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Bouncy Castle refuses its own parameters", e);
        }
    }
}
