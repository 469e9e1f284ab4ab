package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The CPU time and memory of an endpoint under bad connections at a fixed rate, with the journal and without. Two servers are alive at the
 * same time, and get the same connections by turns; a third one, with the journal off too, shows the noise. Each bad connection is one of
 * three kinds: a client with another version of TLS, a client that speaks plaintext, or one that closes after its hello. They come from one
 * address, or each from another one.
 *
 * <p>Arguments: connections a second (1,000), seconds a round (10), rounds (5), addresses (1).
 */
final class FailedHandshakes {

    private static final int THREADS = 4;
    private static final int WARM_UP_SECONDS = 20;

    private final byte[][] messages = {
        hello("TLSv1.2"), "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), hello("TLSv1.3")
    };
    private final int rate;
    private final int addresses;
    private final AtomicInteger number = new AtomicInteger();

    private FailedHandshakes(int rate, int addresses) throws Exception {
        this.rate = rate;
        this.addresses = addresses;
    }

    public static void main(String[] arguments) throws Exception {
        int rate = argument(arguments, 0, 1_000);
        int seconds = argument(arguments, 1, 10);
        int rounds = argument(arguments, 2, 5);
        int addresses = argument(arguments, 3, 1);
        System.out.printf(
                "JDK %s, %d bad connections a second from %d addresses, rounds of %d s%n",
                Runtime.version(), rate, addresses, seconds);
        Path directory = TemporaryFiles.directory();
        Path store = StoredKey.write(directory);
        String[] off = {"sluice.ssl.web.protocols", "TLSv1.3", "sluice.journal.size", "0"};
        try (EndpointProcess with = EndpointProcess.start(store, "sluice.ssl.web.protocols", "TLSv1.3");
                EndpointProcess without = EndpointProcess.start(store, off);
                EndpointProcess again = EndpointProcess.start(store, off)) {
            new FailedHandshakes(rate, addresses).run(seconds, rounds, with, without, again);
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run(int seconds, int rounds, EndpointProcess... servers) throws Exception {
        long[] before = new long[servers.length];
        for (int i = 0; i < servers.length; i++) {
            load(servers[i], WARM_UP_SECONDS);
            before[i] = servers[i].memory();
        }
        double[][] shares = new double[servers.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < servers.length; i++) {
                shares[i][round] = load(servers[i], seconds);
            }
            System.out.printf(
                    "with %.1f %%, without %.1f %%, without %.1f %% of a core%n",
                    shares[0][round], shares[1][round], shares[2][round]);
        }
        for (int i = 0; i < servers.length; i++) {
            Arrays.sort(shares[i]);
            System.out.printf(
                    "%s: median %.1f %% of a core, %,d connections failed, memory %+,d KiB since the warm-up%n",
                    i == 0 ? "with the journal" : "without",
                    shares[i][rounds / 2],
                    servers[i].failed(),
                    (servers[i].memory() - before[i]) / 1024);
        }
    }

    /** Returns the CPU time of the server, in percent of a core. */
    private double load(EndpointProcess server, int seconds) throws Exception {
        long begun = System.nanoTime();
        long cpu = cpu(server);
        long failed = server.failed();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            threads.execute(() -> connect(server.port(), begun, first, rate * seconds));
        }
        threads.shutdown();
        if (!threads.awaitTermination(10L * seconds, TimeUnit.SECONDS)) {
            throw new IOException("the server does not keep up");
        }
        while (server.failed() - failed < (long) rate * seconds) {
            Thread.sleep(10);
        }
        return (cpu(server) - cpu) * 100.0 / (System.nanoTime() - begun);
    }

    private static long cpu(EndpointProcess server) {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElseThrow();
    }

    private void connect(int port, long begun, int first, int count) {
        for (int i = first; i < count; i += THREADS) {
            long due = begun + TimeUnit.SECONDS.toNanos(1) * i / rate;
            LockSupport.parkNanos(due - System.nanoTime());
            int kind = i % messages.length;
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(source(number.getAndIncrement() % addresses), 0));
                socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
                socket.getOutputStream().write(messages[kind]);
                if (kind < 2) {
                    socket.getInputStream().readAllBytes();
                }
            } catch (IOException e) {
                // A reset is as good.
            }
        }
    }

    private static InetAddress source(int address) throws IOException {
        return InetAddress.getByAddress(
                new byte[] {127, (byte) (1 + address / 62_500), (byte) (address / 250 % 250), (byte) (1 + address % 250)
                });
    }

    private static byte[] hello(String version) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("shop.example", 443);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
