package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets that are unusable for a stream, and interrupted threads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusableSocketTest {

    @AutoClose
    private final Application application =
            Application.configured().beans(Contexts.class).start();

    enum Unusable {
        UNCONNECTED("the socket is not connected", Socket::new),
        UNCONNECTED_CHANNEL(
                "the socket is not connected", () -> SocketChannel.open().socket()),
        CLOSED_CHANNEL("the socket is closed", () -> {
            Socket socket = connectedChannel();
            socket.getChannel().close();
            return socket;
        }),
        HALF_SHUT_CHANNEL("the socket's input is already shut down", () -> {
            Socket socket = connectedChannel();
            socket.getChannel().shutdownInput();
            return socket;
        }),
        NON_BLOCKING("the socket's channel is in non-blocking mode", () -> {
            Socket socket = connectedChannel();
            socket.getChannel().configureBlocking(false);
            return socket;
        });

        final String defect;
        final Callable<Socket> socket;

        Unusable(String defect, Callable<Socket> socket) {
            this.defect = defect;
            this.socket = socket;
        }

        private static Socket connectedChannel() throws IOException {
            var pair = SocketKind.CHANNEL.pair();
            pair.far().close();
            return pair.near();
        }
    }

    @ParameterizedTest
    @EnumSource
    void createOfUnusableSocketIsConditionAndClosesIt(Unusable unusable) throws Exception {
        for (Protocol way : Protocol.values()) {
            try (Socket socket = unusable.socket.call()) {
                SocketStreamException condition = refused(way, socket);
                assertThat(condition.kind()).isEqualTo(Kind.SOCKET_UNUSABLE);
                assertThat(condition)
                        .hasMessage("context '" + way.context + "': " + unusable.defect
                                + ". Pass a connected, blocking TCP socket whose input and output are open");
                assertThat(socket.isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS12", "TLS13"})
    void createOnInterruptedThreadEndsClosedAndKeepsTheInterrupt(Protocol way) throws Exception {
        for (SocketKind kind : SocketKind.values()) {
            try (CountedPair pair = CountedPair.of(kind)) {
                PeerBehaviour.SILENT.start(pair.far(), way);
                Thread.currentThread().interrupt();
                SocketStreamException condition =
                        refused(way, pair.near(), Initarg.handshakeTimeout(Duration.ofMillis(200)));
                assertThat(Thread.interrupted()).isTrue();
                // An interrupt does not reach a platform thread that waits for a socket without a channel.
                assertThat(condition.kind())
                        .isEqualTo(kind == SocketKind.CHANNEL ? Kind.INTERRUPTED : Kind.HANDSHAKE_TIMEOUT);
                pair.assertClosedOnce();
            } finally {
                Thread.interrupted();
            }
        }
    }

    private SocketStreamException refused(Protocol way, Socket socket, Initarg... initargs)
            throws SocketStreamException {
        return application
                .get(Contexts.class)
                .creator(way)
                .create(socket, SocketStream.class, initargs)
                .findCondition()
                .orElseThrow();
    }
}
