package io.sluice.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.ChildJvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registration, and JVMs without JMX. */
class RegistrationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --limit-modules=java.base,java.logging,java.naming | lacking=true name=application
            -showversion                                       | lacking=false name=application
            """)
    void reportIsRegisteredIfTheJvmHasJmx(String option, String expected) throws Exception {
        assertThat(ChildJvm.of(WithoutManagement.class).options(option).run())
                .contains(expected)
                .doesNotContain("not available");
    }
}
