package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.GenerationEnded;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each load is a generation, which counts its connections, and ends with the last of them once it is replaced. */
class GenerationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    private Watching watching() throws Exception {
        AUTHORITY.issue("localhost").write(directory, "web");
        return new Watching(
                "key-store.pem.0.cert", directory + "/web.crt", "key-store.pem.0.key", directory + "/web.key");
    }

    private static Generation generationOf(Watching web) throws Exception {
        SSLEngine engine = web.context().engine(EngineRequest.of(SslSide.SERVER, "localhost", 0));
        return EngineOrigins.of(engine).orElseThrow();
    }

    @Test
    void replacedGenerationEndsWithItsLastConnection() throws Exception {
        try (Watching web = watching()) {
            Generation first = generationOf(web);
            Runnable one = first.hold().orElseThrow();
            Runnable two = first.hold().orElseThrow();
            web.context().reload();
            Runnable three = generationOf(web).hold().orElseThrow();

            assertThat(web.context().describe().connections())
                    .containsEntry(1L, 2)
                    .containsEntry(2L, 1);
            one.run();
            one.run();
            assertThat(first.connections()).as("released once").isEqualTo(1);
            assertThat(web.events(GenerationEnded.class)).isEmpty();

            two.run();
            GenerationEnded ended = web.await(GenerationEnded.class, 1);
            assertThat(ended.generation()).isEqualTo(1);
            assertThat(ended.current()).isEqualTo(2);
            assertThat(first.hold()).as("a connection that comes too late").isEmpty();
            assertThat(web.context().describe().connections()).containsOnlyKeys(2L);
            three.run();
            assertThat(web.events(GenerationEnded.class))
                    .as("the one in use does not end")
                    .hasSize(1);
        }
    }

    @Test
    void generationWithoutConnectionsEndsWhenItIsReplaced() throws Exception {
        try (Watching web = watching()) {
            web.context().reload();
            assertThat(web.await(GenerationEnded.class, 1).generation()).isEqualTo(1);
        }
    }

    @Test
    void engineKeepsTheKeysOfItsGeneration() throws Exception {
        TestChain first = AUTHORITY.issue("localhost");
        TestChain second = AUTHORITY.issue("localhost");
        first.write(directory, "web");
        ReloadableContext server = NamedContexts.web(
                "key-store.pem.0.cert", directory + "/web.crt", "key-store.pem.0.key", directory + "/web.key");
        SSLEngine old = server.engine(EngineRequest.of(SslSide.SERVER, "localhost", 0));
        second.write(directory, "web");
        server.reload();
        SSLEngine fresh = server.engine(EngineRequest.of(SslSide.SERVER, "localhost", 0));

        assertThat(shown(old)).isEqualTo(first.leaf().certificate());
        assertThat(shown(fresh)).isEqualTo(second.leaf().certificate());
    }

    /** The certificate that a server's engine shows. */
    private static Certificate shown(SSLEngine server) throws Exception {
        SSLEngine client = AUTHORITY.trustingContext().createSSLEngine();
        client.setUseClientMode(true);
        Engines.handshake(client, server);
        return client.getSession().getPeerCertificates()[0];
    }

    /** While one reload is under way, all that are requested share the next one. */
    @Test
    void concurrentReloadsShareALoad() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ReloadableContext web = new ReloadableContext(new ContextName("web"), new ContextSource() {
            private int loads;

            @Override
            public ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
                if (++loads == 2) {
                    first.countDown();
                    try {
                        assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return ContextSource.jdkDefault().load(attempt);
            }
        });
        web.load();
        List<Thread> made = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            made.add(thread);
            return thread;
        });
        try {
            Callable<Void> reload = () -> {
                web.reload();
                return null;
            };
            List<Future<Void>> reloads = new ArrayList<>();
            reloads.add(threads.submit(reload));
            assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 8; i++) {
                reloads.add(threads.submit(reload));
            }
            Awaitility.await()
                    .until(() ->
                            made.stream().filter(GenerationTest::waitsToLoad).count() == 8);
            go.countDown();
            for (Future<Void> each : reloads) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertThat(web.generation().orElseThrow().number())
                    .as("the first load, the first reload, and one for all others")
                    .isEqualTo(3);
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void loadThatHangsIsNotWaitedForWithoutEnd() throws Exception {
        LoadLock lock = new LoadLock(Duration.ofMillis(50));
        lock.lock(new ContextName("web"));
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                lock.lock(new ContextName("web"));
            } catch (SslContextException e) {
                throw new CompletionException(e);
            }
        });

        assertThat(other)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withMessageContaining("another thread has been loading context 'web'");
    }

    private static boolean waitsToLoad(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(LoadLock.class.getName()));
    }
}
