package io.sluice.it.server.app;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a check. It is not {@code @Named}, because on GlassFish 8 such names are shared by all WARs of an EAR. */
@Qualifier
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface CheckName {

    /** The name in requests. */
    String value();

    /** For look-ups. */
    final class Literal extends AnnotationLiteral<CheckName> implements CheckName {

        private static final long serialVersionUID = 1;

        private final String value;

        Literal(String value) {
            this.value = value;
        }

        @Override
        public String value() {
            return value;
        }
    }
}
