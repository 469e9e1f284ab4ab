package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Assertions on failures. */
final class Failures {
    private Failures() {}

    static TransportException of(ThrowingCallable work) {
        TransportException failure = catchThrowableOfType(TransportException.class, work);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    static void assertIs(TransportException failure, Stage stage, Reason fault) {
        assertThat(failure.stage() + " " + failure.reason())
                .as(() -> failure + " because of " + failure.getCause())
                .isEqualTo(stage + " " + fault);
    }
}
