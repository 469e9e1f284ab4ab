package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.testing.SocketPair;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Large heap writes and reads over a channel need little direct memory. The JDK copies them into direct buffers, and keeps the largest for
 * each thread.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@Isolated
class DirectMemoryTest {

    private static final int SIZE = 8 * 1024 * 1024;

    private enum Call {
        ARRAYS {
            @Override
            void write(SocketStream stream) throws IOException {
                stream.output().write(new byte[SIZE]);
            }

            @Override
            void read(SocketStream stream) throws IOException {
                byte[] bytes = new byte[SIZE];
                for (int read = 0; read < SIZE; ) {
                    read += stream.input().read(bytes, read, SIZE - read);
                }
            }
        },
        BUFFERS {
            @Override
            void write(SocketStream stream) throws IOException {
                stream.write(ByteBuffer.allocate(SIZE / 2), ByteBuffer.allocate(SIZE / 2));
            }

            @Override
            void read(SocketStream stream) throws IOException {
                ByteBuffer target = ByteBuffer.allocate(SIZE);
                while (target.hasRemaining()) {
                    stream.read(target);
                }
            }
        };

        abstract void write(SocketStream stream) throws IOException;

        abstract void read(SocketStream stream) throws IOException;
    }

    private interface Transfer {
        void run() throws IOException;
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Returns how much more direct memory there is while the thread that has transferred lives. */
    private static FutureTask<Long> growthOf(Transfer transfer) {
        FutureTask<Long> task = new FutureTask<>(() -> {
            long before = direct();
            transfer.run();
            return direct() - before;
        });
        new Thread(task).start();
        return task;
    }

    @ParameterizedTest
    @EnumSource
    void largeTransferOverAChannelNeedsLittleDirectMemory(Call call) throws Exception {
        try (SocketPair here = SocketPair.openChannel(0);
                SocketStream writing = TestStreams.open(here.near(), SslContextSpecifier.plain(), SslSide.SERVER);
                SocketPair there = SocketPair.openChannel(0);
                SocketStream reading = TestStreams.open(there.near(), SslContextSpecifier.plain(), SslSide.SERVER)) {
            FutureTask<Long> written = growthOf(() -> call.write(writing));
            here.far().getInputStream().readNBytes(SIZE);
            assertThat(written.get(30, TimeUnit.SECONDS)).isLessThan(512 * 1024);

            FutureTask<Long> read = growthOf(() -> call.read(reading));
            there.far().getOutputStream().write(new byte[SIZE]);
            assertThat(read.get(30, TimeUnit.SECONDS)).isLessThan(512 * 1024);
        }
    }
}
