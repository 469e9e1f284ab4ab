package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Protocol;
import io.sluice.it.support.ScopedBeans;
import io.sluice.it.support.ScopedBeans.Caller;
import io.sluice.it.support.ScopedBeans.Talk;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Many threads in their connections at the same time, and the cost of entering one. */
class ConnectionScopeLoadTest {

    private static final int CONNECTIONS = 50;
    private static final int THREADS = 20_000;

    private Application application;
    private Caller caller;
    private final List<SocketPair> pairs = new ArrayList<>();
    private final List<Talk> streams = new ArrayList<>();

    /** Not a field initializer, because a test that is disabled on this JDK has an instance too, but no end. */
    @BeforeEach
    void connect() throws Exception {
        application = Application.configured().beans(ScopedBeans.BEANS).start();
        caller = application.get(Caller.class);
        ScopedBeans.clear();
        for (int i = 0; i < CONNECTIONS; i++) {
            SocketPair pair = SocketKind.SOCKET.pair();
            pairs.add(pair);
            streams.add(application
                    .get(Contexts.class)
                    .creator(Protocol.PLAIN)
                    .create(pair.near(), Talk.class)
                    .orElseThrow());
        }
    }

    @AfterEach
    void end() throws Exception {
        application.close();
        for (SocketPair pair : pairs) {
            pair.close();
        }
    }

    /** Created by reflection, because the bytecode is that of Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsInsideAtOnceEachFindTheirConnection() throws Exception {
        ExecutorService threads = virtualThreads();
        try {
            CountDownLatch allInside = new CountDownLatch(THREADS);
            List<Future<Integer>> ids = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Talk stream = streams.get(i % CONNECTIONS);
                ids.add(threads.submit(() -> stream.inConnection(() -> {
                    allInside.countDown();
                    allInside.await(60, TimeUnit.SECONDS);
                    assertThat(caller.stream().remoteAddress()).isEqualTo(stream.remoteAddress());
                    caller.tally().next();
                    return caller.tally().id();
                })));
            }
            List<Integer> idOf = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int id = ids.get(i).get(60, TimeUnit.SECONDS);
                if (i < CONNECTIONS) {
                    idOf.add(id);
                }
                assertThat(id).isEqualTo(idOf.get(i % CONNECTIONS));
            }
            assertThat(idOf)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, CONNECTIONS).boxed().toList());
            for (Talk stream : streams) {
                int used = stream.inConnection(() -> caller.tally().next());
                assertThat(used).isEqualTo(THREADS / CONNECTIONS + 1);
            }
        } finally {
            threads.shutdown();
        }
        streams.forEach(Talk::close);
        assertThat(ScopedBeans.DESTROYED).hasSize(CONNECTIONS).doesNotHaveDuplicates();
    }

    @Test
    void enteringWithoutBeansAllocatesNextToNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Talk stream = streams.get(0);
        Runnable enter = () -> stream.inConnection(() -> {});
        enter.run();
        int entries = 10_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < entries; i++) {
            enter.run();
        }
        // One object, and an entry in the thread's table: no map, no lock.
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / entries)
                .isLessThanOrEqualTo(128);
    }
}
