package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * What an injection point asks for.
 *
 * @param type what is injected, behind a {@code Provider} or {@code Instance} what that gives
 * @param required whether it must be satisfied: not at an {@code Instance}
 */
public record PointType(Type type, boolean required) {

    public static PointType of(InjectionPoint point) {
        if (point.getType() instanceof ParameterizedType generic
                && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)) {
            return new PointType(generic.getActualTypeArguments()[0], generic.getRawType() == Provider.class);
        }
        return new PointType(point.getType(), true);
    }

    /** {@code Member.toString()} spells out modifiers and packages: here class and member are enough. */
    public static String place(InjectionPoint point) {
        Member member = point.getMember();
        String owner = member.getDeclaringClass().getName();
        String place = member instanceof Constructor ? owner : owner + "." + member.getName();
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? place + "(parameter " + (parameter.getPosition() + 1) + ")"
                : place;
    }
}
