package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.it.support.HandshakePair;
import io.sluice.it.support.JsseOnly;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.stream.SocketStream;
import io.sluice.testing.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS that begins and ends while a stream is open, and the end of one direction. */
@Tag("tls")
class AttachTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    private final ClientServerConfiguration contexts =
            new ClientServerConfiguration(AUTHORITY, AUTHORITY.issue("localhost"), AUTHORITY.issue("client"));

    private Application application(String protocol) {
        contexts.set("web.protocols", protocol);
        return Application.configured().with(contexts.properties()).start();
    }

    private static Future<?> async(Callable<?> task) {
        return PeerBehaviour.THREADS.submit(task);
    }

    private static void await(Future<?> result) throws Exception {
        result.get(20, TimeUnit.SECONDS);
    }

    private static void exchange(SocketStream from, SocketStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        from.output().write(bytes);
        assertThat(to.input().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void tlsIsAttachedAndDetachedTwice(String protocol) throws Exception {
        try (Application application = application(protocol);
                HandshakePair met = HandshakePair.of(application, "none", "none")) {
            SslContexts named = application.get(SslContexts.class);
            SocketStream server = met.server().orElseThrow();
            SocketStream client = met.client().orElseThrow();
            for (int round = 0; round < 2; round++) {
                exchange(client, server, "plaintext");
                Future<?> attached = async(() -> {
                    server.attachSsl(named.get("web"));
                    return server;
                });
                client.attachSsl(named.get("peer"));
                await(attached);
                assertThat(client.tls().orElseThrow().protocol()).isEqualTo(protocol);
                exchange(client, server, "secret");
                exchange(server, client, "answer");
                Future<?> detached = async(() -> {
                    server.detachSsl();
                    return server;
                });
                client.detachSsl();
                await(detached);
                assertThat(client.tls()).isEmpty();
            }
            exchange(server, client, "plaintext again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void endOfOneDirectionIsSeen(String protocol) throws Exception {
        try (Application application = application(protocol);
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            SocketStream server = met.server().orElseThrow();
            SocketStream client = met.client().orElseThrow();
            exchange(client, server, "all");
            client.shutdownOutput();
            assertThat(server.input().read()).isEqualTo(-1);
            client.close();
            assertThat(server.input().read()).isEqualTo(-1);
        }
    }

    @Test
    @JsseOnly("An engine of BoringSSL does not write after the peer has ended its output")
    void answerFollowsTheEndOfTheQuestion() throws Exception {
        try (Application application = application("TLSv1.3");
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            SocketStream server = met.server().orElseThrow();
            SocketStream client = met.client().orElseThrow();
            exchange(client, server, "question");
            client.shutdownOutput();
            assertThat(server.input().read()).isEqualTo(-1);
            exchange(server, client, "answer");
        }
    }
}
