package io.sluice.internal.cdi.stream;

import io.sluice.stream.Assisted;
import io.sluice.stream.Initargs;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A point of a stream class that takes an initarg.
 *
 * @param name the initarg's name
 * @param type the class that its value must be of
 * @param optional whether it may be missing
 */
public record AssistedPoint(String name, Class<?> type, boolean optional) {

    public static boolean is(InjectionPoint point) {
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
            return new AssistedPoint(name, raw(generic.getActualTypeArguments()[0]), true);
        }
        return new AssistedPoint(name, raw(type), false);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return MethodType.methodType(plain).wrap().returnType();
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    /** What is wrong with a call's initargs at this point, if anything. */
    Optional<String> problem(Initargs initargs) {
        Optional<Object> value = initargs.assisted(name);
        if (value.isEmpty()) {
            return optional
                    ? Optional.empty()
                    : Optional.of("initarg \"" + name + "\" (" + type.getName() + ") is missing: give Initarg.of(\""
                            + name + "\", …), or let the point be an Optional");
        }
        Class<?> given = value.get().getClass();
        return type.isAssignableFrom(given)
                ? Optional.empty()
                : Optional.of("initarg \"" + name + "\" must be a " + type.getName() + ", not a " + given.getName());
    }

    Object injected(Initargs initargs) {
        Optional<Object> value = initargs.assisted(name);
        return optional ? value : value.orElseThrow();
    }
}
