package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Haproxy;
import io.sluice.it.support.RotatedFiles;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three instances in JVMs of their own behind a real haproxy. They share nothing but files. */
class TicketBalancingTest {

    private static final Pattern PORT = Pattern.compile("port (\\d+)");
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    private record Instance(ProcessPeer process, int port) implements Closeable {

        static Instance start(Path properties) throws IOException {
            ProcessPeer process = ChildJvm.of(TicketNode.class).start(properties.toString());
            process.awaitOutput("port ");
            Matcher port = PORT.matcher(process.output());
            assertThat(port.find()).isTrue();
            return new Instance(process, Integer.parseInt(port.group(1)));
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** A client that makes one connection after another, each through the balancer. */
    private static final class Load implements AutoCloseable {

        private final SSLContext sessions = AUTHORITY.issue("client").context();
        private final AtomicInteger full = new AtomicInteger();
        private final AtomicInteger resumed = new AtomicInteger();
        private final Queue<String> others = new ConcurrentLinkedQueue<>();
        private final Haproxy haproxy;
        private final String protocol;
        private final Thread thread = new Thread(this::ask, "load");
        private volatile boolean stopping;

        Load(Haproxy haproxy, String protocol) {
            this.haproxy = haproxy;
            this.protocol = protocol;
            thread.start();
        }

        private void ask() {
            while (!stopping) {
                try {
                    String answer = TicketFiles.ask(sessions, protocol, haproxy.address());
                    switch (answer) {
                        case "full CN=client VERIFIED client" -> full.incrementAndGet();
                        case "resumed CN=client ACCEPTED_BY_ENGINE client" -> resumed.incrementAndGet();
                        default -> others.add(answer);
                    }
                } catch (IOException e) {
                    others.add(e.toString());
                }
            }
        }

        int answers() {
            return full.get() + resumed.get();
        }

        void stop() throws InterruptedException {
            stopping = true;
            thread.join(30_000);
        }

        @Override
        public void close() {
            stopping = true;
        }
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    @Test
    @Tag("long")
    @Timeout(300)
    void almostAllConnectionsAreResumed() throws Exception {
        TicketFiles files = new TicketFiles(AUTHORITY, directory);
        TicketRecipe recipe = TicketRecipe.of(directory);
        recipe.run();
        RotatedFiles certificate = RotatedFiles.of(AUTHORITY, directory, "web", "localhost");
        files.trust(AUTHORITY);
        Path properties = directory.resolve("node.properties");
        try (Writer out = Files.newBufferedWriter(properties)) {
            Properties configured = new Properties();
            configured.putAll(files.properties("reload-period", "100ms"));
            configured.store(out, null);
        }
        List<Instance> instances = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                instances.add(Instance.start(properties));
            }
            List<Integer> ports = instances.stream().map(Instance::port).toList();
            try (Haproxy haproxy = Haproxy.start(directory, "", ports);
                    Load first = new Load(haproxy, "TLSv1.3");
                    Load second = new Load(haproxy, "TLSv1.2")) {
                spread(haproxy);
                recipe.run();
                awaitReload(instances, 2);
                spread(haproxy);
                certificate.replace("localhost");
                awaitReload(instances, 3);
                spread(haproxy);
                for (int i = 0; i < 3; i++) {
                    restart(haproxy, instances, i, properties);
                    spread(haproxy);
                }
                recipe.run();
                awaitReload(instances, 2);
                spread(haproxy);
                first.stop();
                second.stop();
                System.out.printf(
                        "TLS 1.3: %d of %d resumed; TLS 1.2: %d of %d resumed%n",
                        first.resumed.get(), first.answers(), second.resumed.get(), second.answers());
                for (Load load : List.of(first, second)) {
                    assertThat(load.others).isEmpty();
                    assertThat(load.resumed.get()).isGreaterThan(load.answers() * 95 / 100);
                }
            }
        } finally {
            instances.forEach(Instance::close);
        }
    }

    /** Waits until each instance has served more connections. */
    private static void spread(Haproxy haproxy) throws IOException {
        for (String server : List.of("s0", "s1", "s2")) {
            int before = Integer.parseInt(haproxy.statistic(server, "stot"));
            until(() -> Integer.parseInt(haproxy.statistic(server, "stot")) > before + 20);
        }
    }

    private static void awaitReload(List<Instance> instances, int generation) {
        instances.forEach(instance -> instance.process.awaitOutput("(generation " + generation + ")"));
    }

    /** As in production: the balancer sends no more, the instance drains and ends, and a new one takes its place. */
    private static void restart(Haproxy haproxy, List<Instance> instances, int i, Path properties) throws Exception {
        haproxy.tell("set server instances/s" + i + " state drain");
        instances.get(i).process.terminate();
        instances.get(i).process.awaitEnd();
        instances.set(i, Instance.start(properties));
        haproxy.tell("set server instances/s" + i + " addr 127.0.0.1 port "
                + instances.get(i).port());
        haproxy.tell("set server instances/s" + i + " state ready");
        until(() -> haproxy.statistic("s" + i, "status").equals("UP"));
    }
}
