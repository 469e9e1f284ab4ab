package io.sluice.internal.transport;

import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;

/** Waits until other threads are blocked. */
final class Stuck {
    private static final Set<String> BLOCKING = Set.of("read0", "poll", "park");

    private Stuck() {}

    /** Waits until a writer has filled all buffers to a peer that does not read. */
    static void awaitWriterTo(Socket peer) throws Exception {
        InputStream in = peer.getInputStream();
        int[] last = {-1};
        Awaitility.await("a stuck writer")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(150))
                .until(() -> {
                    int now = in.available();
                    boolean stable = now > 0 && now == last[0];
                    last[0] = now;
                    return stable;
                });
    }

    /** Waits until a thread is blocked in a read of a socket. */
    static void awaitReader(Thread thread) {
        Awaitility.await("a blocked reader")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    StackTraceElement[] stack = thread.getStackTrace();
                    return stack.length > 0 && BLOCKING.contains(stack[0].getMethodName());
                });
    }

    /** Waits until a thread waits for a lock, for a limited time. */
    static void awaitWaiter(Thread thread) {
        Awaitility.await("a thread that waits for a lock")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
