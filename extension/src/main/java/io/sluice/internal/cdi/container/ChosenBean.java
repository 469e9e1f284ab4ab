package io.sluice.internal.cdi.container;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bean that an injection point would receive: the only candidate, or the alternative with the highest priority. */
public final class ChosenBean {

    private ChosenBean() {}

    /** The bean; empty if the candidates are ambiguous. */
    public static Optional<Bean<?>> among(Set<Bean<?>> candidates, BeanManager beans) {
        try {
            return Optional.<Bean<?>>ofNullable(beans.resolve(candidates))
                    .filter(chosen -> candidates.stream().noneMatch(other -> isEqual(chosen, other)));
        } catch (AmbiguousResolutionException e) {
            return Optional.empty();
        }
    }

    /** OpenWebBeans resolves two alternatives of the same priority to one of them, in no defined order. */
    private static boolean isEqual(Bean<?> chosen, Bean<?> other) {
        Integer priority = priority(chosen);
        return other != chosen && other.isAlternative() && priority != null && priority.equals(priority(other));
    }

    private static @Nullable Integer priority(Bean<?> bean) {
        Priority declared = bean.getBeanClass().getAnnotation(Priority.class);
        return declared == null ? null : declared.value();
    }
}
