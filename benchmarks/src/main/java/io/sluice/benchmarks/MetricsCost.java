package io.sluice.benchmarks;

import com.sun.management.ThreadMXBean;
import io.sluice.event.ConnectionListener;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.SocketPair;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.SSLSocket;

/**
 * What metrics and spans cost, beside applications in which nobody listens: of each creation of a stream without a system call, of each
 * write and read, and of the events of each TLS connection of an endpoint. CPU time of the thread that does it, of the thread that delivers the events, and
 * what the first one allocates. All applications live in this JVM, and each round has them in a random order.
 *
 * <p>Arguments: the rounds that are counted (15).
 */
final class MetricsCost {

    private static final int WARM_UP = 6;
    private static final int CREATIONS = 4_000;
    private static final int TRIPS = 4_000;
    private static final int CONNECTIONS = 50;
    private static final int REPLAYS = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What one round tells, for each thing that was done. */
    private record Cost(double nanos, double eventNanos, double bytes) {

        double sum() {
            return nanos + eventNanos;
        }
    }

    /** A connection with a handshake costs a thousand times as much as its events, so only the events are sent. */
    private static final boolean EVENTS_ONLY = true;

    private static final List<Telemetry> ALL = List.of(Telemetry.values());
    private static final List<Telemetry> LISTENING =
            List.of(Telemetry.LISTENER, Telemetry.MICROMETER, Telemetry.OPENTELEMETRY);

    /** Serves what the client asks. */
    @ApplicationScoped
    static class Echo {
        @SocketEndpoint("web")
        void serve(SocketStream stream) throws IOException {
            for (int b = stream.input().read(); b >= 0; b = stream.input().read()) {
                stream.output().write(b);
            }
        }
    }

    private interface Work {
        void run(Subject subject) throws Exception;
    }

    /** An application that is measured. */
    private static final class Subject implements AutoCloseable {

        private final SeContainer container;
        private final SocketStreamCreator creator;
        private final int port;
        private final Set<Long> eventThreads = new HashSet<>();

        Subject(Telemetry telemetry, Path store) {
            Set<Long> before = eventThreads();
            Map<String, String> properties = new HashMap<>(StoredKey.properties(store));
            properties.put("sluice.endpoint.web.port", "0");
            properties.put("sluice.endpoint.web.address", "localhost");
            properties.put("sluice.ssl.web.reload-period", "off");
            List<Class<?>> beans = new ArrayList<>(telemetry.beans());
            beans.addAll(List.of(Echo.class, WeldApplication.Plain.class));
            container = WeldApplication.start(
                    WeldApplication.configuration(properties), telemetry.extensions(), beans.toArray(Class<?>[]::new));
            creator = container.select(WeldApplication.Plain.class).get().creator();
            port = container
                    .select(SocketServers.class)
                    .get()
                    .named("web")
                    .orElseThrow()
                    .address()
                    .getPort();
            eventThreads.addAll(eventThreads());
            eventThreads.removeAll(before);
        }

        private static Set<Long> eventThreads() {
            Set<Long> ids = new HashSet<>();
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread != null && thread.getThreadName().startsWith("sluice-events")) {
                    ids.add(thread.getThreadId());
                }
            }
            return ids;
        }

        private long eventNanos() {
            return eventThreads.stream().mapToLong(THREADS::getThreadCpuTime).sum();
        }

        Cost measure(int count, boolean eventsOnly, Work work) throws Exception {
            long events = eventNanos();
            long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            long cpu = Clock.THREAD.nanos();
            work.run(this);
            double nanos = eventsOnly ? 0 : Clock.THREAD.nanos() - cpu;
            double allocated =
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;
            awaitDelivery();
            double delivered = eventNanos() - events;
            return new Cost(nanos / count, delivered / count, eventsOnly ? 0 : allocated / count);
        }

        /** Events are delivered in batches with pauses, so the thread has caught up when it uses no more time. */
        private void awaitDelivery() throws InterruptedException {
            for (long last = -1, now = eventNanos(); now != last; now = eventNanos()) {
                last = now;
                TimeUnit.MILLISECONDS.sleep(eventThreads.isEmpty() ? 1 : 60);
            }
        }

        void create() throws IOException {
            for (int i = 0; i < CREATIONS; i++) {
                creator.create(new MemorySocket(), SocketStream.class)
                        .orElseThrow()
                        .close();
            }
        }

        void trips() throws IOException {
            byte[] bytes = new byte[64];
            try (SocketPair pair = SocketPair.open();
                    SocketStream stream =
                            creator.create(pair.near(), SocketStream.class).orElseThrow()) {
                for (int i = 0; i < TRIPS; i++) {
                    pair.far().getOutputStream().write(bytes);
                    stream.input().readNBytes(bytes, 0, bytes.length);
                    stream.output().write(bytes);
                    pair.far().getInputStream().readNBytes(bytes, 0, bytes.length);
                }
            }
        }

        void connect() throws IOException {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SSLSocket socket = Client.connect(port)) {
                    Client.echo(socket);
                }
            }
        }

        /** What the listener alone does with the events of a TLS connection. */
        void replay() {
            ConnectionListener listener = container
                    .select(ConnectionListener.class, Any.Literal.INSTANCE)
                    .get();
            for (int i = 0; i < REPLAYS; i++) {
                listener.accepted(Telemetry.Idle.accepted);
                listener.handshakeStarted(Telemetry.Idle.started);
                listener.handshakeCompleted(Telemetry.Idle.completed);
                listener.ended(Telemetry.Idle.ended);
            }
        }

        @Override
        public void close() {
            container.close();
        }
    }

    private final Map<Telemetry, Subject> subjects = new EnumMap<>(Telemetry.class);
    private final int rounds;

    private MetricsCost(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        System.out.printf("JDK %s, %d rounds, medians%n", Runtime.version(), rounds);
        Path directory = TemporaryFiles.directory();
        MetricsCost cost = new MetricsCost(rounds);
        try {
            Path store = StoredKey.write(directory);
            for (Telemetry telemetry : Telemetry.values()) {
                cost.subjects.put(telemetry, new Subject(telemetry, store));
            }
            cost.row("creation and close of a plain stream", ALL, CREATIONS, !EVENTS_ONLY, Subject::create);
            cost.row(
                    "write and read of 64 bytes (two system calls each side)",
                    ALL,
                    TRIPS,
                    !EVENTS_ONLY,
                    Subject::trips);
            cost.row(
                    "delivery of the events of a TLS connection, one after the other",
                    LISTENING,
                    CONNECTIONS,
                    EVENTS_ONLY,
                    Subject::connect);
            cost.row(
                    "the events of a TLS connection, once they are delivered",
                    LISTENING,
                    REPLAYS,
                    !EVENTS_ONLY,
                    Subject::replay);
        } finally {
            cost.subjects.values().forEach(Subject::close);
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    private void row(String what, List<Telemetry> compared, int count, boolean eventsOnly, Work work) throws Exception {
        Map<Telemetry, List<Cost>> costs = new EnumMap<>(Telemetry.class);
        List<Telemetry> order = new ArrayList<>(compared);
        for (int round = -WARM_UP; round < rounds; round++) {
            Collections.shuffle(order);
            for (Telemetry telemetry : order) {
                Cost cost = subjects.get(telemetry).measure(count, eventsOnly, work);
                if (round >= 0) {
                    costs.computeIfAbsent(telemetry, unknown -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        System.out.printf("%n%s%n", what);
        for (Telemetry telemetry : compared) {
            tell(telemetry, costs.get(telemetry), costs.get(compared.get(0)));
        }
    }

    private static void tell(Telemetry telemetry, List<Cost> costs, List<Cost> none) {
        List<Double> ratios = new ArrayList<>();
        List<Double> more = new ArrayList<>();
        for (int i = 0; i < costs.size(); i++) {
            ratios.add(costs.get(i).sum() / none.get(i).sum());
            more.add(costs.get(i).sum() - none.get(i).sum());
        }
        System.out.printf(
                "  %-14s %9.2f µs (%.2f of it delivers events)  %+7.2f µs (quartiles %+.2f to %+.2f)  ratio %.3f  %,7.0f bytes%n",
                telemetry,
                median(costs, Cost::sum) / 1e3,
                median(costs, Cost::eventNanos) / 1e3,
                Quantile.of(more, .5) / 1e3,
                Quantile.of(more, .25) / 1e3,
                Quantile.of(more, .75) / 1e3,
                Quantile.of(ratios, .5),
                median(costs, Cost::bytes));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return Quantile.of(costs.stream().map(part::applyAsDouble).toList(), .5);
    }
}
