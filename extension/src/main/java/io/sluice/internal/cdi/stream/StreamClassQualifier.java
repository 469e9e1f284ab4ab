package io.sluice.internal.cdi.stream;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The qualifier of discovered stream classes: nobody else has it, so nobody injects a stream without a connection. */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@interface StreamClassQualifier {

    /** The only value. */
    final class Literal extends AnnotationLiteral<StreamClassQualifier> implements StreamClassQualifier {
        static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
