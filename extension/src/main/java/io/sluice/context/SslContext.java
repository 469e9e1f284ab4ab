package io.sluice.context;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.util.Objects;

/**
 * Chooses a named SSL context: {@code @Inject @SslContext("web") SocketStreamCreator}.
 *
 * <p>It qualifies {@link SslContextSpecifier}, {@code SocketStreamCreator}, {@code SocketStreamConnector}, {@link
 * javax.net.ssl.SSLContext}, {@link javax.net.ssl.SSLSocketFactory}, {@link javax.net.ssl.SSLServerSocketFactory} and
 * {@link javax.net.ssl.SSLParameters}. On an application's own bean or producer of {@code SSLContext} or {@code
 * SslContextSpecifier} it makes that bean the context of the name, in place of what is configured.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface SslContext {

    /**
     * The context's name: lower-case letters and digits in groups joined by single hyphens. {@code default} is the JDK's
     * default context unless it is configured; {@code none} is no TLS at all.
     *
     * @return the name, {@code default} unless said
     */
    String value() default "default";

    /**
     * Whether a creator or connector injected here throws a socket error instead of returning it. It has no meaning for
     * the other types, and a call's own {@code Initarg.errorp} goes before it.
     *
     * @return {@code true} to throw, {@code false} (the default) to return {@code Refused}
     */
    @Nonbinding
    boolean errorp() default false;

    /** The annotation as a value, for {@code Instance.select} and {@code SeContainer.select}. Immutable. */
    final class Literal extends AnnotationLiteral<SslContext> implements SslContext {

        private static final long serialVersionUID = 1L;

        private final String value;
        private final boolean errorp;

        private Literal(String value, boolean errorp) {
            this.value = value;
            this.errorp = errorp;
        }

        /**
         * The qualifier of the named context, with socket errors returned as values.
         *
         * @param name the context's name: lower-case letters and digits in groups joined by single hyphens
         * @return the qualifier
         * @throws IllegalArgumentException if the name does not have this form
         */
        public static Literal of(String name) {
            Objects.requireNonNull(name, "the name of a context is required. " + ContextName.FORM);
            return new Literal(new ContextName(name).value(), false);
        }

        /**
         * This qualifier with socket errors thrown.
         *
         * @return a qualifier of the same name whose {@code errorp} is {@code true}
         */
        public Literal throwing() {
            return new Literal(value, true);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public boolean errorp() {
            return errorp;
        }
    }
}
