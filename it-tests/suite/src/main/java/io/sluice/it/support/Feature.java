package io.sluice.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The feature of a container that a test, or the tests of a class, try: a column of the table in docs/containers.md. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FeatureExtension.class)
public @interface Feature {

    /** The column's name. */
    String value();
}
