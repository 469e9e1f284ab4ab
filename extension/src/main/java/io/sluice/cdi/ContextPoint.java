package io.sluice.cdi;

import io.sluice.context.SslContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * An injection point qualified with {@link SslContext}.
 *
 * @param name the context's name
 * @param type what is injected, behind a {@code Provider} or {@code Instance} what that gives
 * @param required whether it must be satisfied: not at an {@code Instance}
 * @param place where it is, for messages
 */
record ContextPoint(String name, Type type, boolean required, String place) {

    static Optional<ContextPoint> of(InjectionPoint point) {
        return point.getQualifiers().stream()
                .filter(SslContext.class::isInstance)
                .map(qualifier -> of(((SslContext) qualifier).value(), point))
                .findFirst();
    }

    private static ContextPoint of(String name, InjectionPoint point) {
        Type type = point.getType();
        boolean required = true;
        if (type instanceof ParameterizedType generic
                && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)) {
            required = generic.getRawType() == Provider.class;
            type = generic.getActualTypeArguments()[0];
        }
        return new ContextPoint(name, type, required, place(point));
    }

    /** {@code Member.toString()} spells out modifiers and packages: here class and member are enough. */
    static String place(InjectionPoint point) {
        Member member = point.getMember();
        String owner = member.getDeclaringClass().getName();
        String place = member instanceof Constructor ? owner : owner + "." + member.getName();
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? place + "(parameter " + (parameter.getPosition() + 1) + ")"
                : place;
    }

    String what() {
        String simple = type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
        return "@SslContext(\"" + name + "\") " + simple + " at " + place;
    }
}
