package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS that begins and ends on an open connection, and connections of which one direction has ended. */
class StartTlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private static <T> Future<T> async(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        PeerBehaviour.THREADS.execute(future);
        return future;
    }

    private static void attach(Application application, SocketStream server, SocketStream client) throws Exception {
        SslContexts contexts = application.get(SslContexts.class);
        Future<Void> attached = async(() -> {
            server.attachSsl(contexts.get("web"));
            return null;
        });
        client.attachSsl(contexts.get("peer"));
        attached.get(20, TimeUnit.SECONDS);
    }

    private static void detach(SocketStream server, SocketStream client) throws Exception {
        Future<Void> detached = async(() -> {
            server.detachSsl();
            return null;
        });
        client.detachSsl();
        detached.get(20, TimeUnit.SECONDS);
    }

    private static void exchange(SocketStream from, SocketStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.output().write(bytes);
        from.output().flush();
        assertThat(to.input().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, boringssl, boringssl",
        "TLSv1.2, boringssl, boringssl",
        "TLSv1.3, boringssl, jdk",
        "TLSv1.3, jdk, boringssl",
    })
    void tlsIsAttachedAndDetachedTwice(String protocol, String ofServer, String ofClient) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .engines(ofServer, ofClient)
                        .protocol(protocol)
                        .start();
                HandshakePair met = HandshakePair.of(application, "none", "none")) {
            SocketStream server = met.server().orElseThrow();
            SocketStream client = met.client().orElseThrow();
            for (int round = 0; round < 2; round++) {
                exchange(client, server, "plaintext");
                attach(application, server, client);
                exchange(client, server, "secret");
                exchange(server, client, "answer");
                detach(server, client);
                assertThat(LiveObjects.ENGINES).hasValue(0);
                exchange(server, client, "plaintext again");
            }
        }
    }

    /** A side that has ended its output reads on. Only the JDK's engine writes after the peer's end. */
    @ParameterizedTest
    @ValueSource(strings = {"boringssl", "jdk"})
    void serverReadsOnAfterItsOwnEnd(String ofClient) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .engines("boringssl", ofClient)
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            SocketStream server = met.server().orElseThrow();
            SocketStream client = met.client().orElseThrow();
            exchange(server, client, "all");
            Future<Integer> end = async(() -> client.input().read());
            server.shutdownOutput();
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
            if (ofClient.equals("jdk")) {
                exchange(client, server, "the rest");
            } else {
                assertThatExceptionOfType(SocketStreamException.class)
                        .isThrownBy(() -> exchange(client, server, "the rest"))
                        .satisfies(condition -> assertThat(condition.kind()).isIn(Kind.CLOSED, Kind.PEER_CLOSED));
            }
        }
    }
}
