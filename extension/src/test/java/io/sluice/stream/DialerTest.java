package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.FullBacklog;
import io.sluice.testing.internal.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connect of a connector: options, the local address, and all addresses of a host within one deadline. */
@Timeout(60)
class DialerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Socket connect(ServerSocket listening, Initarg... initargs) throws SocketStreamException {
        return new Dialer("127.0.0.1", listening.getLocalPort(), Initargs.of(initargs)).connect("context 'test'");
    }

    @Test
    void optionsAreAsGivenAndNoDelayAloneIsOnByDefault() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, LOOPBACK);
                Socket asItIs = connect(listening);
                Socket otherwise = connect(listening, Initarg.keepAlive(true), Initarg.noDelay(false))) {
            assertThat(asItIs.getTcpNoDelay()).isTrue();
            assertThat(asItIs.getKeepAlive()).isFalse();
            assertThat(otherwise.getTcpNoDelay()).isFalse();
            assertThat(otherwise.getKeepAlive()).isTrue();
        }
    }

    @Test
    void localAddressThatIsTakenIsToldAsThat() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, LOOPBACK);
                ServerSocket taken = new ServerSocket(0, 5, LOOPBACK)) {
            Initarg local = Initarg.localAddress(new InetSocketAddress(LOOPBACK, taken.getLocalPort()));
            SocketStreamException condition =
                    catchThrowableOfType(SocketStreamException.class, () -> connect(listening, local));
            assertThat(condition.kind()).isEqualTo(Kind.CONNECT_FAILED);
            assertThat(condition)
                    .hasMessageMatching("context 'test', peer 127\\.0\\.0\\.1:" + listening.getLocalPort()
                            + ": cannot connect from the localAddress 127\\.0\\.0\\.1:" + taken.getLocalPort()
                            + ": .*\\. Use an address of this machine with a free port, or with port 0");
        }
    }

    @Test
    void peerThatAnswersNothingIsGivenUpAtTheConnectTimeout() throws Exception {
        try (FullBacklog full = FullBacklog.open("127.0.0.1")) {
            long start = System.nanoTime();
            SocketStreamException condition = catchThrowableOfType(
                    SocketStreamException.class,
                    () -> new Dialer(
                                    "127.0.0.1",
                                    full.port(),
                                    Initargs.of(Initarg.connectTimeout(Duration.ofMillis(300))))
                            .connect("context 'test'"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
            assertThat(condition.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
            assertThat(condition)
                    .hasMessage("context 'test', peer 127.0.0.1:" + full.port()
                            + ": not connected within PT0.3S. Check the address and the network, or set a longer"
                            + " connectTimeout");
        }
    }

    /** A JVM reads its hosts file only at its start. */
    @Test
    void everyAddressOfAHostIsTriedTheOnesPreferredFirst(@TempDir Path directory) throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), """
                127.0.0.1 dual.test
                ::1       dual.test
                127.0.0.2 swallowing.test
                127.0.0.3 swallowing.test
                """);
        String printed = ChildJvm.of(Main.class)
                .property("jdk.net.hosts.file", hosts.toString())
                .run();
        if (printed.contains("no IPv6")) {
            assertThat(printed).contains("swallowing: /127.0.0.3");
            return;
        }
        assertThat(printed.lines().filter(line -> line.contains(": ")))
                .containsExactly(
                        "only IPv4, SYSTEM: /127.0.0.1",
                        "only IPv4, IPV4: /127.0.0.1",
                        "only IPv4, IPV6: /127.0.0.1",
                        "only IPv6, SYSTEM: /0:0:0:0:0:0:0:1",
                        "only IPv6, IPV4: /0:0:0:0:0:0:0:1",
                        "only IPv6, IPV6: /0:0:0:0:0:0:0:1",
                        "both, IPV4: /127.0.0.1",
                        "both, IPV6: /0:0:0:0:0:0:0:1",
                        "neither: CONNECT_FAILED, and 1 failure before",
                        "swallowing: /127.0.0.3");
    }

    /** Connects to hosts that only its JVM knows, and prints the addresses. */
    static final class Main {

        public static void main(String... arguments) throws IOException {
            InetAddress v4 = InetAddress.getByName("127.0.0.1");
            InetAddress v6 = InetAddress.getByName("::1");
            try {
                new ServerSocket(0, 5, v6).close();
                dual(v4, v6);
            } catch (IOException e) {
                System.out.println("no IPv6 here");
            }
            try (FullBacklog full = FullBacklog.open("127.0.0.2");
                    ServerSocket listening = new ServerSocket(full.port(), 5, InetAddress.getByName("127.0.0.3"))) {
                print("swallowing", "swallowing.test", listening.getLocalPort(), AddressPreference.SYSTEM);
            }
        }

        private static void dual(InetAddress v4, InetAddress v6) throws IOException {
            try (ServerSocket only = new ServerSocket(0, 5, v4)) {
                for (AddressPreference preference : AddressPreference.values()) {
                    print("only IPv4, " + preference, "dual.test", only.getLocalPort(), preference);
                }
            }
            try (ServerSocket only = new ServerSocket(0, 5, v6)) {
                for (AddressPreference preference : AddressPreference.values()) {
                    print("only IPv6, " + preference, "dual.test", only.getLocalPort(), preference);
                }
            }
            int free;
            try (ServerSocket one = new ServerSocket(0, 5, v4);
                    ServerSocket other = new ServerSocket(one.getLocalPort(), 5, v6)) {
                free = other.getLocalPort();
                print("both, IPV4", "dual.test", free, AddressPreference.IPV4);
                print("both, IPV6", "dual.test", free, AddressPreference.IPV6);
            }
            print("neither", "dual.test", free, AddressPreference.SYSTEM);
        }

        private static void print(String what, String host, int port, AddressPreference preference) throws IOException {
            Initargs initargs =
                    Initargs.of(Initarg.addressPreference(preference), Initarg.connectTimeout(Duration.ofSeconds(2)));
            try (Socket socket = new Dialer(host, port, initargs).connect("context 'test'")) {
                System.out.println(what + ": /" + socket.getInetAddress().getHostAddress());
            } catch (SocketStreamException e) {
                System.out.println(
                        what + ": " + e.kind() + ", and " + e.getCause().getSuppressed().length + " failure before");
            }
        }
    }
}
