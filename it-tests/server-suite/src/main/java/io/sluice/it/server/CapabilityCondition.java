package io.sluice.it.server;

import io.sluice.it.support.ContainerReport;
import io.sluice.it.support.Feature;
import java.lang.reflect.AnnotatedElement;
import java.util.Locale;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips tests of capabilities that the server lacks, and reports those as absent. */
final class CapabilityCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        AnnotatedElement tests = context.getElement().orElseThrow();
        Server.Capability needed = AnnotationSupport.findAnnotation(tests, RequiresCapability.class)
                .map(RequiresCapability::value)
                .orElse(null);
        if (needed == null || Server.current().has(needed)) {
            return ConditionEvaluationResult.enabled("the server has what is needed");
        }
        AnnotationSupport.findAnnotation(tests, Feature.class)
                .map(Feature::value)
                .ifPresent(ContainerReport::absent);
        return ConditionEvaluationResult.disabled(System.getProperty("container.name") + " has no "
                + needed.name().toLowerCase(Locale.ROOT));
    }
}
