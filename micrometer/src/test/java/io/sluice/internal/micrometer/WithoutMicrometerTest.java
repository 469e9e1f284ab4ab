package io.sluice.internal.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.MeteredMain;
import io.sluice.testing.internal.ChildJvm;
import org.junit.jupiter.api.Test;

/** The jar in an application without Micrometer. */
class WithoutMicrometerTest {

    @Test
    void applicationServesAndNothingIsLogged() throws Exception {
        String output = ChildJvm.of(MeteredMain.class)
                .without("/io/micrometer/")
                .options("-verbose:class")
                .run();
        assertThat(output).contains("served").contains("io.sluice.internal.micrometer.MicrometerExtension");
        assertThat(output).doesNotContain("WARN", "ERROR", "io.micrometer.", "MicrometerSink");
    }
}
