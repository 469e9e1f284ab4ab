package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.config.LiveContext;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections that are made while a context is reloaded all the time. Each shows the certificate of the generation that it reports, with the
 * key of that certificate, and none fails.
 */
class ReloadUnderLoadTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final int CLIENTS = 4;

    @TempDir
    Path directory;

    @Test
    void connectionsAreMadeDuringTwoHundredReloads() throws Exception {
        run(200, 2_000);
    }

    @Test
    @Tag("figures")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void connectionsAreMadeDuringFiveThousandReloads() throws Exception {
        run(5_000, 50_000);
    }

    private void run(int reloads, int connections) throws Exception {
        List<TestChain> chains = List.of(AUTHORITY.issue("localhost"), AUTHORITY.issue("localhost"));
        chains.get(0).write(directory, "server");
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
        LiveContext server = new LiveContext(
                "key-store.pem.0.cert", directory + "/server.crt", "key-store.pem.0.key", directory + "/server.key");
        server.context().load();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> serve(listener, server, chains, threads, done, failures));
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> connect(listener.getLocalPort(), connections, made, done, failures)));
            }
            for (int reload = 1; reload <= reloads && failures.isEmpty(); reload++) {
                chains.get(reload % 2).write(directory, "server");
                server.context().reload();
                long due = (long) connections * reload / reloads;
                while (made.get() < due && failures.isEmpty()) {
                    Thread.onSpinWait();
                    Thread.yield();
                }
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
            done.set(true);
        } finally {
            threads.shutdownNow();
        }
        assertThat(failures).isEmpty();
        assertThat(made.get()).isGreaterThanOrEqualTo(connections);
        assertThat(server.context().generation().orElseThrow().number()).isEqualTo(reloads + 1);
    }

    private static void serve(
            ServerSocket listener,
            LiveContext context,
            List<TestChain> chains,
            ExecutorService threads,
            AtomicBoolean done,
            Queue<Throwable> failures) {
        while (!done.get()) {
            try {
                Socket accepted = listener.accept();
                threads.execute(() -> {
                    try (SocketStream stream = TestStreams.open(accepted, context.context(), SslSide.SERVER)) {
                        stream.output().write(stream.input().read());
                        stream.input().read();
                        requireOwnCertificate(stream.tls().orElseThrow(), chains);
                    } catch (Exception | AssertionError e) {
                        failures.add(e);
                    }
                });
            } catch (Exception e) {
                if (!done.get()) {
                    failures.add(e);
                }
                return;
            }
        }
    }

    /** Odd generations have the first certificate. A resumed session has the one with which it began. */
    private static void requireOwnCertificate(TlsSession session, List<TestChain> chains) {
        if (session.resumed()) {
            return;
        }
        X509Certificate expected =
                chains.get((int) (session.generation() - 1) % 2).leaf().certificate();
        assertThat(session.localCertificates().get(0))
                .as("generation %s", session.generation())
                .isEqualTo(expected);
    }

    private void connect(int port, int connections, AtomicInteger made, AtomicBoolean done, Queue<Throwable> failures) {
        while (made.get() < connections && failures.isEmpty() && !done.get()) {
            LiveContext client = new LiveContext("trust-store.pem.certs", directory + "/trust.pem");
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                        SocketStream stream = TestStreams.open(
                                socket, client.context(), SslSide.CLIENT, Initarg.serverName("localhost"))) {
                    stream.output().write(7);
                    assertThat(stream.input().read()).isEqualTo(7);
                    made.incrementAndGet();
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                    return;
                }
            }
        }
    }
}
