package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.internal.ChildJvm;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A resolver that does not answer: the JVM reads its hosts from a pipe to which nobody writes. */
@Timeout(90)
class HostLookupTest {

    @Test
    void lookUpsThatDoNotEndAreSharedAndLimitedAndEndWithTheResolversSilence(@TempDir Path directory) throws Exception {
        Path hosts = directory.resolve("hosts");
        assumeTrue(isPipe(hosts), "mkfifo is not here: this test needs a file that does not end");
        String printed = ChildJvm.of(Main.class)
                .property("jdk.net.hosts.file", hosts.toString())
                .run(hosts.toString());
        assertThat(printed.lines().filter(line -> line.startsWith("- ")))
                .containsExactly(
                        "- one host, 40 times: 1 thread",
                        "- context 'test', peer dead.test:7: not connected within PT0.02S, because the host look-up"
                                + " did not complete. Check the system's resolver and its name servers, or set a longer"
                                + " connectTimeout",
                        "- 100 hosts: 64 threads",
                        "- context 'test', peer host-99.test:7: not connected within PT0.02S, because 64 host look-ups,"
                                + " the most allowed, are still running. Check the system's resolver and its name"
                                + " servers, or set a longer connectTimeout",
                        "- afterwards: 0 threads",
                        "- connected to /127.0.0.1");
    }

    private static boolean isPipe(Path file) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Connects to hosts that it cannot look up, and to one that it can once the pipe has become a file. */
    static final class Main {

        public static void main(String... arguments) throws Exception {
            String last = "";
            for (int i = 0; i < 40; i++) {
                last = dial("dead.test", 7, Duration.ofMillis(20));
            }
            System.out.println("- one host, 40 times: " + lookUps() + " thread");
            System.out.println("- " + last);
            for (int i = 0; i < 100; i++) {
                last = dial("host-" + i + ".test", 7, Duration.ofMillis(20));
            }
            System.out.println("- 100 hosts: " + lookUps() + " threads");
            System.out.println("- " + last);
            Path pipe = Path.of(arguments[0]);
            Thread answering = new Thread(() -> answerNothing(pipe));
            answering.setDaemon(true);
            answering.start();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lookUps() == 0);
            System.out.println("- afterwards: " + lookUps() + " threads");
            Path file = Files.writeString(pipe.resolveSibling("file"), "127.0.0.1 alive.test\n");
            Files.move(file, pipe, StandardCopyOption.REPLACE_EXISTING);
            try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                System.out.println("- " + dial("alive.test", listening.getLocalPort(), Duration.ofSeconds(10)));
            }
        }

        private static String dial(String host, int port, Duration limit) throws IOException {
            Initargs initargs = Initargs.of(Initarg.connectTimeout(limit));
            try (Socket socket = new Dialer(host, port, initargs).connect("context 'test'")) {
                return "connected to /" + socket.getInetAddress().getHostAddress();
            } catch (SocketStreamException e) {
                return e.getMessage();
            }
        }

        private static long lookUps() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("sluice-look-up"))
                    .count();
        }

        private static void answerNothing(Path pipe) {
            while (Files.exists(pipe)) {
                try (FileOutputStream out = new FileOutputStream(pipe.toFile(), true)) {
                    out.flush();
                } catch (IOException e) {
                    // Try the next one.
                }
            }
        }
    }
}
