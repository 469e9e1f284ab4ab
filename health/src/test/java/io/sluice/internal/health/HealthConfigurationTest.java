package io.sluice.internal.health;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key of the checks is checked when the application is deployed. */
class HealthConfigurationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice.health.expired | dwon | 'dwon' is not valid (did you mean down?). Use one of report, down.
            sluice.health.expird  | down | there is no such property (did you mean sluice.health.expired?). Correct the name, or remove the property.
            """)
    void whatCannotBeReadIsADeploymentProblem(String property, String value, String message) {
        Application.Builder application = HealthReport.application().with(property, value);
        assertThatThrownBy(() -> application.start().close())
                .hasStackTraceContaining("Sluice found a problem:\n - " + property
                        + " (from PropertiesConfigSource[source=the test's properties]): " + message);
    }
}
