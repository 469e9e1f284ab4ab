package io.sluice.it.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** A test that does not apply to BoringSSL. docs/engines.md lists each of them with the same reason. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JsseOnly.Condition.class)
public @interface JsseOnly {

    /** The difference between the engines, as a sentence without a full stop. */
    String value();

    /** Skips the test with BoringSSL. */
    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return AnnotationSupport.findAnnotation(context.getElement(), JsseOnly.class)
                    .filter(only -> !TestEngine.isJsse())
                    .map(only -> ConditionEvaluationResult.disabled(only.value()))
                    .orElse(ConditionEvaluationResult.enabled("the engine is JSSE's"));
        }
    }
}
