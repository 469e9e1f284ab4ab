package io.sluice.benchmarks;

import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The CPU time and the elapsed time of a scrape, with 100 contexts and open connections of an endpoint: of a PrometheusMeterRegistry, and of a
 * collection of OpenTelemetry's SDK. A second passes between two, so each reads everything again. Use a JDK with virtual threads for many
 * connections.
 *
 * <p>Arguments: how many connections (10000), how many contexts (100), how many scrapes are counted (15).
 */
final class ScrapeCost {

    private static final int WARM_UP = 15;
    private static final int SPARE_DESCRIPTORS = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Holds connections. */
    @ApplicationScoped
    static class Holding {
        @SocketEndpoint(value = "held", ssl = "none")
        void serve(SocketStream stream) throws IOException {
            stream.output().write('a');
            stream.input().read();
        }
    }

    private ScrapeCost() {}

    public static void main(String[] arguments) throws Exception {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int contexts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int scrapes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
        requireDescriptors(connections);
        System.out.printf(
                "JDK %s, %d contexts, %d connections, %d scrapes%n", Runtime.version(), contexts, connections, scrapes);
        Path directory = TemporaryFiles.directory();
        try {
            Map<String, String> properties = properties(directory, contexts);
            for (Telemetry telemetry : List.of(Telemetry.MICROMETER, Telemetry.OPENTELEMETRY)) {
                measure(telemetry, properties, connections, scrapes);
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    private static void requireDescriptors(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connections + SPARE_DESCRIPTORS) {
            System.err.printf(
                    "%d connections need %d descriptors, and this process may have %d: raise the limit (ulimit -n), or hold fewer%n",
                    connections, connections + SPARE_DESCRIPTORS, system.getMaxFileDescriptorCount());
            System.exit(1);
        }
    }

    private static void measure(Telemetry telemetry, Map<String, String> properties, int connections, int scrapes)
            throws Exception {
        List<Class<?>> beans = new ArrayList<>(telemetry.beans());
        beans.add(Holding.class);
        try (SeContainer container = WeldApplication.start(
                WeldApplication.configuration(properties), telemetry.extensions(), beans.toArray(Class<?>[]::new))) {
            SocketServer server =
                    container.select(SocketServers.class).get().named("held").orElseThrow();
            Process clients = clients(server.address().getPort(), connections);
            try {
                clients.inputReader().readLine(); // All are served.
                tell(telemetry + ", " + server.connections() + " open", scrape(telemetry, container), scrapes);
            } finally {
                clients.destroyForcibly().waitFor();
            }
        }
    }

    /** In a process of their own, which has descriptors of its own. */
    private static Process clients(int port, int connections) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Clients.class.getName(),
                        Integer.toString(port),
                        Integer.toString(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Holds connections until it is ended. */
    static final class Clients {

        private Clients() {}

        public static void main(String[] arguments) throws Exception {
            int port = Integer.parseInt(arguments[0]);
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                Socket client = new Socket("localhost", port);
                held.add(client);
                if (client.getInputStream().read() != 'a') {
                    throw new IOException("connection " + i + " is not served");
                }
            }
            System.out.println(held.size());
            Thread.currentThread().join();
        }
    }

    /** Returns how much was scraped. */
    private static IntSupplier scrape(Telemetry telemetry, SeContainer container) {
        if (telemetry == Telemetry.MICROMETER) {
            PrometheusMeterRegistry registry =
                    container.select(PrometheusMeterRegistry.class).get();
            return () -> (int) registry.scrape().lines().count();
        }
        InMemoryMetricReader reader =
                container.select(InMemoryMetricReader.class).get();
        return () -> reader.collectAllMetrics().stream()
                .mapToInt(metric -> metric.getData().getPoints().size())
                .sum();
    }

    private static void tell(String what, IntSupplier scrape, int scrapes) throws InterruptedException {
        List<Double> cpu = new ArrayList<>();
        List<Double> elapsed = new ArrayList<>();
        int size = 0;
        long bytes = 0;
        for (int i = -WARM_UP; i < scrapes; i++) {
            TimeUnit.MILLISECONDS.sleep(1_100);
            long began = Clock.THREAD.nanos();
            long since = Clock.WALL.nanos();
            long allocated =
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            size = scrape.getAsInt();
            if (i >= 0) {
                cpu.add(Clock.THREAD.millisSince(began));
                elapsed.add(Clock.WALL.millisSince(since));
                bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
            }
        }
        System.out.printf(
                "%-30s %.2f ms of CPU (highest %.2f), %.2f ms elapsed (highest %.2f), %d lines or points, %,d KB allocated%n",
                what,
                Quantile.of(cpu, .5),
                Quantile.of(cpu, 1),
                Quantile.of(elapsed, .5),
                Quantile.of(elapsed, 1),
                size,
                bytes / 1024);
    }

    private static Map<String, String> properties(Path directory, int contexts) throws IOException {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain chain = authority.issue("localhost");
        Map<String, String> properties = new HashMap<>();
        chain.write(directory, "server");
        Path trust = Files.writeString(directory.resolve("trust.pem"), authority.pem());
        for (int i = 0; i < contexts; i++) {
            String prefix = "sluice.ssl.context-" + i + ".";
            properties.put(
                    prefix + "key-store.pem.0.cert",
                    directory.resolve("server.crt").toString());
            properties.put(
                    prefix + "key-store.pem.0.key",
                    directory.resolve("server.key").toString());
            properties.put(prefix + "trust-store.pem.certs", trust.toString());
            properties.put(prefix + "reload-period", "off");
        }
        properties.put("sluice.endpoint.held.port", "0");
        properties.put("sluice.endpoint.held.address", "localhost");
        properties.put("sluice.endpoint.held.max-connections", "20000");
        return properties;
    }
}
