package io.sluice.cdi;

import io.sluice.context.SslContext;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
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
        PointType asked = PointType.of(point);
        return new ContextPoint(name, asked.type(), asked.required(), place(point));
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
