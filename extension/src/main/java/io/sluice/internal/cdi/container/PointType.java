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
 * The type that an injection point requests.
 *
 * @param type the injected type; for a {@code Provider} or {@code Instance}, its type argument
 * @param required whether the point must be satisfied, which an {@code Instance} need not be
 */
public record PointType(Type type, boolean required) {

    public static PointType of(InjectionPoint point) {
        if (point.getType() instanceof ParameterizedType generic
                && (generic.getRawType() == Instance.class || generic.getRawType() == Provider.class)) {
            return new PointType(generic.getActualTypeArguments()[0], generic.getRawType() == Provider.class);
        }
        return new PointType(point.getType(), true);
    }

    /** The point's class and member, without the modifiers and packages of {@code Member.toString()}. */
    public static String place(InjectionPoint point) {
        Member member = point.getMember();
        String owner = member.getDeclaringClass().getName();
        String place = member instanceof Constructor ? owner : owner + "." + member.getName();
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? place + "(parameter " + (parameter.getPosition() + 1) + ")"
                : place;
    }
}
