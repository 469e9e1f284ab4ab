package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of a server's sockets, as far as the system shows them. */
class ServerOptionsTest {

    private interface Question<T> {
        T of(Socket accepted) throws IOException;
    }

    /** Returns an option of the socket of one connection. */
    private static <T> T ask(ServerSettings.Builder settings, Question<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        SocketServer server = AcceptingServer.start(
                settings.drainTimeout(Duration.ofSeconds(2)).build(),
                connection -> answer.complete(question.of(connection.socket())),
                failed -> {});
        try (Socket client =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            assertThat(client.isConnected()).isTrue();
            return answer.get(10, TimeUnit.SECONDS);
        } finally {
            server.terminate();
        }
    }

    private static ServerSettings.Builder settings() {
        return ServerSettings.named("test");
    }

    @Test
    void keepAliveAndNoDelayAreAsSet() throws Exception {
        assertThat(ask(settings(), Socket::getKeepAlive)).isFalse();
        assertThat(ask(settings().keepAlive(true), Socket::getKeepAlive)).isTrue();
        assertThat(ask(settings(), Socket::getTcpNoDelay)).isTrue();
        assertThat(ask(settings().noDelay(false), Socket::getTcpNoDelay)).isFalse();
    }

    @Test
    void buffersAreOfTheSizeAskedFor() throws Exception {
        int usual = ask(settings(), Socket::getSendBufferSize);
        assertThat(ask(settings().buffers(16_384, 16_384), Socket::getSendBufferSize))
                .isLessThan(usual)
                .isGreaterThanOrEqualTo(16_384);
    }

    @Test
    void portIsSharedWhereThatIsAsked() throws Exception {
        ServerSettings first = settings().reusePort(true).build();
        SocketServer one = AcceptingServer.start(first, connection -> {}, failed -> {});
        SocketServer other = AcceptingServer.start(
                settings().reusePort(true).address(one.address()).build(), connection -> {}, failed -> {});
        try {
            assertThat(other.address()).isEqualTo(one.address());
        } finally {
            one.terminate();
            other.terminate();
        }
    }

    @Test
    void initargThatCannotBeIsRefusedBeforeAnythingListens() {
        ServerStart<SocketStream> start = ServerStart.of("none", SocketStream.class, (stream, connection) -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start.with(Initarg.readTimeout(Duration.ofMillis(-1))))
                .withMessage("readTimeout must not be negative, but is PT-0.001S. Omit it to use the default");
    }

    static Stream<String> addresses() {
        return Stream.of("127.0.0.1", "127.0.0.2", "::1");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void serverListensOnItsAddressOfEitherFamily(String address) throws Exception {
        InetAddress local = InetAddress.getByName(address);
        Assumptions.assumeTrue(isHere(local), address + " is no address of this machine");
        assertThat(ask(settings().address(new InetSocketAddress(local, 0)), Socket::getLocalAddress))
                .isEqualTo(local);
    }

    private static boolean isHere(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
