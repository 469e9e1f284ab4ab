package io.sluice.it.support;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reports the results of the tests of a feature. */
final class FeatureExtension implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext context) {
        feature(context).ifPresent(ContainerReport::works);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        feature(context).ifPresent(ContainerReport::fails);
    }

    /** Returns the feature of the test, or else that of its class. */
    private static Optional<String> feature(ExtensionContext context) {
        return context.getElement()
                .flatMap(FeatureExtension::feature)
                .or(() -> context.getTestClass().flatMap(FeatureExtension::feature));
    }

    private static Optional<String> feature(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Feature.class).map(Feature::value);
    }
}
