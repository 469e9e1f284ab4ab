package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.SessionPair;
import io.sluice.it.support.SessionTimes;
import io.sluice.stream.Initarg;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that connects to the same host and port again resumes its session, which is the same on the server. */
@Tag("tls")
class ResumptionTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost", "first.example", "second.example");

    private static Application application(String protocol) {
        return Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", SERVER.pem(),
                        "sluice.ssl.web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.web.protocols", protocol,
                        "sluice.ssl.peer.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.other.trust-store.pem.certs", AUTHORITY.pem())
                .start();
    }

    private static SessionPair visit(
            Application application, ServerSocket listening, String context, Initarg... initargs) throws Exception {
        return SessionPair.of(application, listening, List.of(), context, List.of(initargs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void secondConnectionResumesTheSessionOfTheFirst(String protocol) throws Exception {
        try (Application application = application(protocol);
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SessionPair first = visit(application, listening, "peer");
            first.passTime();
            SessionPair second = visit(application, listening, "peer");
            SessionPair stranger = visit(application, listening, "other");

            assertThat(first.client().resumed()).isFalse();
            assertThat(first.server().resumed()).isFalse();
            second.assertResumes(first);
            stranger.assertResumesNothing(first);
        }
    }

    /** The certificate was verified for one name; JSSE stores sessions by the given name and port. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void connectionForAnotherServerNameDoesNotResume(String protocol) throws Exception {
        try (Application application = application(protocol);
                ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            SessionPair first = visit(application, listening, "peer", Initarg.serverName("first.example"));
            first.passTime();
            SessionPair same = visit(application, listening, "peer", Initarg.serverName("first.example"));
            SessionPair second = visit(application, listening, "peer", Initarg.serverName("second.example"));

            SessionTimes.assertResumed(same.client(), first.client());
            SessionTimes.assertNotResumed(second.client(), first.client());
            assertThat(second.server().requestedServerName()).contains("second.example");
        }
    }
}
