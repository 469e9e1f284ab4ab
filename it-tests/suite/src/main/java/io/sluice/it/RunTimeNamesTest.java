package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.TwoContexts;
import io.sluice.stream.Handshake;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names that are known only at run time leave nothing in memory, however often they are used. */
class RunTimeNamesTest {

    private static final int WARM_UP = 5_000;
    private static final int TIMES = 100_000;

    /** Twenty bytes for each use: less than a reference in a list and the smallest object. */
    private static final long NOISE = 20L * TIMES;

    private final TwoContexts contexts = new TwoContexts();

    @ApplicationScoped
    static class Holder {
        @Inject
        SslContexts contexts;

        @Inject
        @SslContext("none")
        SocketStreamCreator creator;

        @Inject
        @Any
        Instance<Object> all;

        void create(Socket socket, String name) throws IOException {
            creator.create(
                            socket,
                            SocketStream.class,
                            Initarg.sslContext(contexts.get(name)),
                            Initarg.handshake(Handshake.LAZY))
                    .orElseThrow()
                    .close();
        }

        void selectAndDestroy(Class<?> type, String name) {
            try (Instance.Handle<?> handle =
                    all.select(type, SslContext.Literal.of(name)).getHandle()) {
                assertThat(handle.get()).isNotNull();
            }
        }
    }

    private interface Use {
        void of(String name) throws Exception;
    }

    /** A leak appears in every round; what a round leaves by chance does not appear three times. */
    private static void assertNothingStays(Use use) throws Exception {
        repeat(WARM_UP, use);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3 && least >= NOISE; round++) {
            long before = usedHeap();
            repeat(TIMES, use);
            least = Math.min(least, usedHeap() - before);
        }
        assertThat(least).as("bytes that stay of %d uses", TIMES).isLessThan(NOISE);
    }

    private static void repeat(int times, Use use) throws Exception {
        for (int i = 0; i < times; i++) {
            use.of(i % 2 == 0 ? TwoContexts.WEB : TwoContexts.QUEUE);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Application start() {
        return Application.configured()
                .with(contexts.properties())
                .beans(Holder.class)
                .start();
    }

    @Test
    void createByNameLeavesTheHeapWhereItWas() throws Exception {
        try (Application application = start();
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Holder holder = application.get(Holder.class);

            assertNothingStays(name -> {
                try (Socket far = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
                    far.setSoLinger(true, 0); // else 100,000 ports would be in TIME_WAIT
                    holder.create(listener.accept(), name);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void selectByNameAndDestroyLeavesTheHeapWhereItWas(Injectable injectable) throws Exception {
        try (Application application = start()) {
            Holder holder = application.get(Holder.class);

            assertNothingStays(name -> holder.selectAndDestroy(injectable.type(), name));
        }
    }
}
