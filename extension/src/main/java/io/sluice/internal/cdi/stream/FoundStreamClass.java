package io.sluice.internal.cdi.stream;

import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import java.util.List;

/**
 * A stream class that is an enabled bean.
 *
 * @param type the class
 * @param bean the bean
 * @param defects what is wrong with it as a bean
 */
public record FoundStreamClass(Class<?> type, Bean<?> bean, List<String> defects) {

    public static FoundStreamClass of(AnnotatedType<?> type, Bean<?> bean) {
        return new FoundStreamClass(type.getJavaClass(), bean, StreamClassDefect.ofBean(type, bean));
    }

    /** Whether instances of the class are given where another one is asked for: as its alternative, or because it specializes it. */
    boolean serves(Class<?> asked) {
        return asked == type
                || asked != SocketStream.class
                        && asked.isAssignableFrom(type)
                        && (bean.isAlternative() || specializes(asked));
    }

    private boolean specializes(Class<?> asked) {
        Class<?> each = type;
        while (each != asked && each.isAnnotationPresent(Specializes.class)) {
            each = each.getSuperclass();
        }
        return each == asked;
    }
}
