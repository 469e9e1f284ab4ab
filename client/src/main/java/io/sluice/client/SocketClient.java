package io.sluice.client;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * Qualifies a client by its name. It is injected as {@link StreamClient} or {@link MessageClient}. Its settings are below {@code
 * sluice.client.<name>}. A {@link ConnectionCheck} with this qualifier tests the client's connections.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface SocketClient {

    /**
     * The client's name: lower-case letters and digits in groups joined by single hyphens.
     *
     * @return the name
     */
    String value();

    /** The annotation as a value, for {@code Instance.select} and {@code SeContainer.select}. Immutable. */
    final class Literal extends AnnotationLiteral<SocketClient> implements SocketClient {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /**
         * The qualifier of a client.
         *
         * @param name the client's name
         * @return the qualifier
         */
        public static Literal of(String name) {
            return new Literal(Objects.requireNonNull(name, "the name of a client is required"));
        }

        @Override
        public String value() {
            return value;
        }
    }
}
