package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.BalancedInstance;
import io.sluice.it.support.BalancerLoad;
import io.sluice.it.support.Haproxy;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances in separate JVMs behind a real haproxy. */
class HaproxyTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");
    private static final Pattern PORT = Pattern.compile("port (\\d+)");

    @TempDir
    Path directory;

    private record Instance(ProcessPeer process, int port) implements Closeable {

        /** Serves its open connections, and then ends. */
        void stop() throws InterruptedException {
            process.terminate();
            String printed = process.awaitEnd();
            assertThat(printed).as("what an instance printed").doesNotContain("failed", "Exception");
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private Instance instance() throws IOException {
        ProcessPeer process = ChildJvm.of(BalancedInstance.class)
                .start(
                        SERVER.writeCertificate(directory).toString(),
                        SERVER.writeKey(directory).toString());
        process.awaitOutput("port ");
        Matcher port = PORT.matcher(process.output());
        assertThat(port.find()).isTrue();
        return new Instance(process, Integer.parseInt(port.group(1)));
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    @Test
    @Tag("long")
    void rollingRestartUnderLoadLosesNoRequest() throws Exception {
        try (Instance first = instance();
                Instance second = instance();
                Haproxy haproxy = Haproxy.start(
                        directory, "send-proxy-v2 proxy-v2-options crc32c", List.of(first.port, second.port));
                BalancerLoad load = new BalancerLoad(haproxy.address(), SERVER.trustingContext())) {
            until(() -> load.answered() > 300);
            try (Instance firstAgain = restarted(haproxy, "s0", first);
                    Instance secondAgain = restarted(haproxy, "s1", second)) {
                int before = load.answered();
                until(() -> load.answered() > before + 300);
                load.stop();
                assertThat(load.lost()).isEmpty();
                assertThat(Integer.parseInt(haproxy.statistic("s0", "stot"))).isPositive();
                firstAgain.stop();
                secondAgain.stop();
            }
        }
    }

    /** A restart as in production: the balancer sends no more, the instance drains and ends, and a new one takes its place. */
    private Instance restarted(Haproxy haproxy, String name, Instance running) throws Exception {
        haproxy.tell("set server instances/" + name + " state drain");
        running.stop();
        Instance next = instance();
        haproxy.tell("set server instances/" + name + " addr 127.0.0.1 port " + next.port);
        haproxy.tell("set server instances/" + name + " state ready");
        until(() -> haproxy.statistic(name, "status").equals("UP"));
        int before = Integer.parseInt(haproxy.statistic(name, "stot"));
        until(() -> Integer.parseInt(haproxy.statistic(name, "stot")) > before);
        return next;
    }

    @Test
    void versionOneIsUnderstoodToo() throws Exception {
        try (Instance instance = instance();
                Haproxy haproxy = Haproxy.start(directory, "send-proxy", List.of(instance.port));
                SSLSocket client = (SSLSocket) SERVER.trustingContext()
                        .getSocketFactory()
                        .createSocket(
                                haproxy.address().getAddress(),
                                haproxy.address().getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write("one\n".getBytes(StandardCharsets.UTF_8));
            String expected = "hello one /127.0.0.1:" + client.getLocalPort() + " v1 more\n";
            assertThat(new String(client.getInputStream().readNBytes(expected.length()), StandardCharsets.UTF_8))
                    .isEqualTo(expected);
        }
    }
}
