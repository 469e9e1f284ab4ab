package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stream.TlsSession;
import java.time.Instant;
import org.awaitility.Awaitility;

/** Whether a session goes on in a later connection. With JSSE it also keeps the time of its creation; docs/engines.md. */
public final class SessionTimes {

    private SessionTimes() {}

    /** Waits, so that a new session would have a later time. */
    public static void pass(TlsSession first) {
        Awaitility.await()
                .until(() -> Instant.now().isAfter(first.sessionCreated().plusMillis(2)));
    }

    public static void assertResumed(TlsSession second, TlsSession first) {
        assertThat(second.resumed()).as("resumed").isTrue();
        assertThat(second.peerCertificates()).isEqualTo(first.peerCertificates());
        if (TestEngine.isJsse()) {
            assertThat(second.sessionCreated()).isEqualTo(first.sessionCreated());
        }
    }

    public static void assertNotResumed(TlsSession second, TlsSession first) {
        assertThat(second.resumed()).as("resumed").isFalse();
        if (TestEngine.isJsse()) {
            assertThat(second.sessionCreated()).isAfter(first.sessionCreated());
        }
    }
}
