package io.sluice.benchmarks;

import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A plain stream through an injected creator on Weld, beside {@code new} of the same class. Both have a socket without
 * system calls and close it; the stream's end (dependents, pre-destroy) is therefore counted with its creation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PlainCreationBenchmark {

    /** A stream class that the container discovers. */
    @Dependent
    public static class DiscoveredStream extends SocketStream {}

    /** A stream class that it does not. */
    public static class OtherStream extends SocketStream {}

    private SeContainer container;
    private SocketStreamCreator creator;

    /** Boots Weld. */
    @Setup
    public void start() {
        container = WeldApplication.start(Map.of(), WeldApplication.Plain.class, DiscoveredStream.class);
        creator = container.select(WeldApplication.Plain.class).get().creator();
    }

    /** Stops Weld. */
    @TearDown
    public void stop() {
        container.close();
    }

    /** The baseline: {@code new}, and the socket closed. */
    @Benchmark
    public SocketStream byNew() throws IOException {
        Socket socket = new MemorySocket();
        SocketStream stream = new OtherStream();
        socket.close();
        return stream;
    }

    /** A discovered class, created and closed. */
    @Benchmark
    public SocketStream createdDiscovered() throws IOException {
        return created(DiscoveredStream.class);
    }

    /** A class that the container meets at its first creation. */
    @Benchmark
    public SocketStream createdOther() throws IOException {
        return created(OtherStream.class);
    }

    private <S extends SocketStream> S created(Class<S> type) throws IOException {
        S stream = creator.create(new MemorySocket(), type).orElseThrow();
        stream.close();
        return stream;
    }
}
