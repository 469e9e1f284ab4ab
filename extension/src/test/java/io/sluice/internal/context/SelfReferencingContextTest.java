package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.source.ApplicationContextSource;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A context that is built on itself is reported. */
class SelfReferencingContextTest {

    private static final String ADVICE =
            " Make the producer of @SslContext(\"x\") return a context that does not use Sluice's own context of that name";

    /** A context that is built on the one found at the first use. */
    private static ReloadableContext on(String name, Function<ReloadableContext, SslContextSpecifier> source) {
        ReloadableContext[] made = new ReloadableContext[1];
        made[0] = new ReloadableContext(
                new ContextName(name),
                new ApplicationContextSource(
                        new ContextName(name),
                        () -> source.apply(made[0]),
                        ParameterSettings.NONE,
                        EngineSettings.NONE,
                        AllowSettings.NONE));
        return made[0];
    }

    static Stream<Function<ReloadableContext, SslContextSpecifier>> sources() {
        return Stream.of(
                x -> x,
                x -> SslContextSpecifier.of(x.sslContext()),
                x -> SslContextSpecifier.of(NamedContexts.web().sslContext(), x.parameters()),
                x -> on("y", y -> x),
                x -> on("y", y -> SslContextSpecifier.of(x.sslContext())),
                x -> SslContextSpecifier.of(on("y", y -> x).sslContext()));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void sourceThatUsesItsOwnContextIsReported(Function<ReloadableContext, SslContextSpecifier> source) {
        ReloadableContext x = on("x", source);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(x::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessage("context 'x' is built on itself." + ADVICE);
        }
    }

    /** Each context needs the next one, and the last one the first; each thread begins with another one. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsThatComeFromOppositeEndsDoNotWaitForEachOther(int size) throws Exception {
        CyclicBarrier allHoldTheirOwn = new CyclicBarrier(size);
        ReloadableContext[] circle = new ReloadableContext[size];
        for (int i = 0; i < size; i++) {
            int next = (i + 1) % size;
            circle[i] = on("c" + i, self -> {
                await(allHoldTheirOwn);
                return circle[next];
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(size, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<ContextSnapshot>> loads = Stream.of(circle)
                    .map(context -> threads.submit(context::load))
                    .toList();
            for (Future<ContextSnapshot> load : loads) {
                assertThatThrownBy(() -> load.get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(SslContextException.class)
                        .hasMessageContaining("' is built on itself. Make the producer of @SslContext(\"c");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A thread that waits without a cycle gets the same context. */
    @Test
    void threadsThatNeedTheSameContextShareIt() throws Exception {
        AtomicInteger made = new AtomicInteger();
        CyclicBarrier bothHoldTheirOwn = new CyclicBarrier(2);
        ReloadableContext shared = on("shared", self -> {
            made.incrementAndGet();
            return NamedContexts.web();
        });
        ReloadableContext[] needing = new ReloadableContext[2];
        for (int i = 0; i < 2; i++) {
            needing[i] = on("n" + i, self -> {
                await(bothHoldTheirOwn);
                return shared;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<ContextSnapshot>> loads = Stream.of(needing)
                    .map(context -> threads.submit(context::load))
                    .toList();
            for (Future<ContextSnapshot> load : loads) {
                assertThat(load.get(30, TimeUnit.SECONDS).isPlain()).isFalse();
            }
            assertThat(made).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sourceThatReloadsItsOwnContextIsReported() {
        ReloadableContext x = on("x", self -> {
            try {
                self.reload();
            } catch (SslContextException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            return self;
        });

        assertThatThrownBy(x::load)
                .isInstanceOf(SslContextException.class)
                .hasMessage("context 'x' is built on itself." + ADVICE);
    }

    @Test
    void producerOfItsOwnSslContextIsReported() {
        ReloadableContext[] x = new ReloadableContext[1];
        x[0] = new ReloadableContext(
                new ContextName("x"),
                new ApplicationContextSource(
                        new ContextName("x"),
                        () -> x[0].sslContext(),
                        ParameterSettings.NONE,
                        EngineSettings.NONE,
                        AllowSettings.NONE));

        assertThatThrownBy(x[0]::load)
                .isInstanceOf(SslContextException.class)
                .hasMessage("context 'x' is built on itself." + ADVICE);
        assertThatThrownBy(() -> x[0].sslContext().createSSLEngine())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("context 'x' is built on itself." + ADVICE);
    }

    @Test
    @ResourceLock("javax.net.ssl.SSLContext.default")
    void defaultThatIsSetToItsOwnViewIsReported() throws Exception {
        ReloadableContext jdk = new ReloadableContext(new ContextName("default"), ContextSource.jdkDefault());
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(jdk.sslContext());
        try {
            assertThatThrownBy(jdk::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessage(
                            "context 'default' is built on itself. Do not pass Sluice's own SSLContext of 'default' to"
                                    + " SSLContext.setDefault, and do not return it from a producer");
        } finally {
            SSLContext.setDefault(before);
        }
    }
}
