package io.sluice.stream;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Marks an injection point of a stream class that takes its value from an {@link Initarg} of the call. For example, {@code
 * @Inject @Assisted("greeting") String greeting} takes the value of {@code Initarg.of("greeting", "hello")}.
 *
 * <p>Allowed on fields and on constructor and initializer parameters of a {@link SocketStream} subclass and of its
 * superclasses. The call must pass the initarg, with a value of the point's type, unless the point is an {@code Optional}.
 * The stream class must be a discovered bean class, for example by the annotation {@code @Dependent}.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({FIELD, PARAMETER})
public @interface Assisted {

    /**
     * The initarg's name. The names of Sluice's own initargs are reserved.
     *
     * @return the name that is passed to {@link Initarg#of(String, Object)}
     */
    @Nonbinding
    String value();
}
