package io.sluice.internal.cdi.stream;

import io.sluice.stream.Assisted;
import io.sluice.stream.Initargs;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * An injection point of a stream class that takes an initarg.
 *
 * @param name the initarg's name
 * @param type the class of its value
 * @param optional whether the initarg may be missing
 */
public record AssistedPoint(String name, Class<?> type, boolean optional) {

    public static boolean isAssisted(InjectionPoint point) {
        return point.getQualifiers().stream().anyMatch(Assisted.class::isInstance);
    }

    static AssistedPoint of(InjectionPoint point) {
        String name = point.getQualifiers().stream()
                .filter(Assisted.class::isInstance)
                .map(qualifier -> ((Assisted) qualifier).value())
                .findFirst()
                .orElseThrow();
        Type type = point.getType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new AssistedPoint(name, erased(generic.getActualTypeArguments()[0]), true);
        }
        return new AssistedPoint(name, erased(type), false);
    }

    private static Class<?> erased(Type type) {
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        return boxed(type) instanceof Class<?> plain ? plain : Object.class;
    }

    static Type boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    /** The problem of a call's initargs at this point, if there is one. */
    Optional<String> problem(Initargs initargs) {
        Optional<Object> value = initargs.assisted(name);
        if (value.isEmpty()) {
            return optional
                    ? Optional.empty()
                    : Optional.of("initarg '" + name + "' (" + type.getName() + ") is missing: pass Initarg.of(\""
                            + name + "\", …), or make the injection point an Optional");
        }
        Class<?> given = value.get().getClass();
        return type.isAssignableFrom(given)
                ? Optional.empty()
                : Optional.of("initarg '" + name + "' must be a " + type.getName() + ", not a " + given.getName());
    }

    Object value(Initargs initargs) {
        Optional<Object> value = initargs.assisted(name);
        return optional ? value : value.orElseThrow();
    }
}
