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
 * Selects a named SSL context at an injection point: {@code @Inject @SslContext("web") SocketStreamCreator}.
 *
 * <p>This annotation is only a name. The context that it selects can be injected as a {@link javax.net.ssl.SSLContext}, the JDK's class of
 * almost the same name, which holds the keys and trust themselves.
 *
 * <p>It qualifies {@link SslContextSpecifier}, {@code SocketStreamCreator}, {@code SocketStreamConnector}, {@link
 * javax.net.ssl.SSLContext}, {@link javax.net.ssl.SSLSocketFactory}, {@link javax.net.ssl.SSLServerSocketFactory} and
 * {@link javax.net.ssl.SSLParameters}. If a bean or producer of the application has the type {@code
 * SSLContext} or {@code SslContextSpecifier} and this qualifier, it replaces the configured context of that name.
 */
@Qualifier
@Documented
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER, TYPE})
public @interface SslContext {

    /**
     * The context's name: lower-case letters and digits in groups joined by single hyphens. {@code default} is the JDK's
     * default context unless it is configured; {@code none} is plaintext, without TLS.
     *
     * @return the name; {@code default} if it is omitted
     */
    String value() default "default";

    /**
     * Selects how a creator or connector injected here reports that it cannot create a stream: by throwing a {@code
     * SocketStreamException}, or by returning a result that holds it. The name is Lisp's for "signal an error?". Other types ignore it. An
     * {@code Initarg.errorp} of a call takes precedence.
     *
     * @return {@code true} to throw; {@code false}, the default, to return a {@code StreamResult.Failed}
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
         * The qualifier of the named context, with errors returned as values.
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
         * This qualifier with errors thrown.
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
