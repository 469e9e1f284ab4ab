package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.TlsSession;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The session of one connection as both sides see it. The connection has ended, and a later one to the same port may resume it. */
public record SessionPair(TlsSession server, TlsSession client) {

    /** Makes a connection of {@code peer} to {@code web}, with a byte each way. */
    public static SessionPair of(Application application, ServerSocket listening) throws Exception {
        return of(application, listening, List.of(), "peer", List.of());
    }

    /** Makes a connection of a context to {@code web}, with initargs of the creator and of the connector. */
    public static SessionPair of(
            Application application,
            ServerSocket listening,
            List<Initarg> ofServer,
            String asking,
            List<Initarg> ofClient)
            throws Exception {
        SocketStreamCreator creator = select(application, SocketStreamCreator.class, "web");
        SocketStreamConnector connector = select(application, SocketStreamConnector.class, asking);
        Future<TlsSession> served = PeerBehaviour.THREADS.submit(() -> {
            try (SocketStream stream = creator.create(
                            listening.accept(), SocketStream.class, ofServer.toArray(Initarg[]::new))
                    .orElseThrow()) {
                stream.output().write(stream.input().read());
                return stream.tls().orElseThrow();
            }
        });
        try (SocketStream stream = connector
                .open("127.0.0.1", listening.getLocalPort(), SocketStream.class, ofClient.toArray(Initarg[]::new))
                .orElseThrow()) {
            stream.output().write('x');
            assertThat(stream.input().read()).isEqualTo('x');
            return new SessionPair(
                    served.get(20, TimeUnit.SECONDS), stream.tls().orElseThrow());
        }
    }

    private static <T> T select(Application application, Class<T> type, String context) {
        return application
                .container()
                .select(type, SslContext.Literal.of(context))
                .get();
    }

    /** Waits, so that a new session would have a later time. */
    public void passTime() {
        SessionTimes.pass(client);
    }

    public void assertResumes(SessionPair first) {
        SessionTimes.assertResumed(client, first.client);
        SessionTimes.assertResumed(server, first.server);
    }

    public void assertResumesNothing(SessionPair first) {
        SessionTimes.assertNotResumed(client, first.client);
        SessionTimes.assertNotResumed(server, first.server);
    }
}
