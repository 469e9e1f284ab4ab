package io.sluice.internal.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events of Java Flight Recorder, and JVMs without it. */
class FlightEventsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --limit-modules=java.base,java.logging                        | lacking=true recorded=false
            -showversion                                                  | lacking=false recorded=false
            -XX:StartFlightRecording:disk=false                           | lacking=false recorded=true
            """)
    void eventsAreRecordedIfTheJvmHasARecording(String option, String expected) throws Exception {
        assertThat(ChildJvm.of(WithoutFlightRecorder.class).options(option).run())
                .contains(expected);
    }

    @Test
    void nothingIsRecordedWithoutARecording() {
        assertThat(FlightEvents.recordsConnections()).isFalse();
        assertThat(FlightEvents.beginReload()).isEmpty();
    }
}
