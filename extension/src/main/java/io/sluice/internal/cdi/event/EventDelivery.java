package io.sluice.internal.cdi.event;

import io.sluice.event.ConnectionListener;
import io.sluice.internal.cdi.event.Occurrence.Moment;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to one listener, on a thread that waits for them. A listener that blocks or throws harms nobody else: when the queue is
 * full, its further events are lost, and counted. Thread-safe.
 */
final class EventDelivery {

    private static final Logger LOG = System.getLogger(EventDelivery.class.getName());

    static final int CAPACITY = 8_192;

    /** The most events that the thread takes from the queue at once. */
    private static final int BATCH = 256;

    /** Events that follow each other closely are delivered together: to wake the thread costs more than an event. */
    private static final long PAUSE_MILLIS = 20;

    /** Between two warnings of failures. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Wakes the thread for its end. */
    private static final Occurrence END = new Occurrence.Accepted(
            new Moment(0, Optional.empty(), InetSocketAddress.createUnresolved("none", 0), Instant.EPOCH));

    private final String name;
    private final ConnectionListener listener;
    private final BlockingQueue<Occurrence> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final LongAdder lost = new LongAdder();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean stopped;
    /** The listener had its time to return. */
    private volatile boolean abandoned;
    /** The failures that no warning has reported. Used by the thread only, like the next field. */
    private long failures;

    private long lastFailure = System.nanoTime() - QUIET_NANOS;

    /**
     * Starts the thread.
     *
     * @param name the listener's name in messages
     * @param listener gets the events
     * @param threads makes the thread
     */
    EventDelivery(String name, ConnectionListener listener, ThreadFactory threads) {
        this.name = name;
        this.listener = listener;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Takes an event, to be delivered soon. Never waits. */
    void accept(Occurrence event) {
        if (stopped || queue.offer(event)) {
            return;
        }
        lost.increment();
        if (losing.compareAndSet(false, true)) {
            log(
                    () -> name + " is too slow: " + CAPACITY + " events of connections are waiting for it, and further"
                            + " ones are lost. Let it return sooner",
                    null);
        }
    }

    /** An interrupt does not end the thread: a listener may have left it behind. */
    private void run() {
        List<Occurrence> batch = new ArrayList<>(BATCH);
        while (!abandoned && !(stopped && queue.isEmpty())) {
            try {
                batch.add(queue.take());
                awaitMore();
                deliver(batch);
            } catch (InterruptedException e) {
                // The condition of the loop decides.
            }
        }
    }

    private void awaitMore() {
        if (!stopped && queue.size() < BATCH) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                // What is there is delivered now.
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // The end is one object.
    private void deliver(List<Occurrence> batch) {
        queue.drainTo(batch, BATCH - 1);
        for (Occurrence event : batch) {
            if (event != END && !abandoned) {
                deliver(event);
            }
        }
        batch.clear();
        if (losing.get() && queue.isEmpty()) {
            reportLoss();
        }
    }

    private void deliver(Occurrence event) {
        try {
            event.tell(listener);
        } catch (Throwable t) {
            failures++;
            if (System.nanoTime() - lastFailure >= QUIET_NANOS) {
                reportFailure(event, t);
            }
        }
    }

    private void reportFailure(Occurrence event, Throwable failure) {
        long others = failures - 1;
        log(
                () -> name + " failed when it received " + event.type().getSimpleName() + ", connection "
                        + event.connection()
                        + (others > 0 ? " (it has failed " + others + " more times since the last warning)" : ""),
                failure);
        failures = 0;
        lastFailure = System.nanoTime();
    }

    private void reportLoss() {
        losing.set(false);
        long number = lost.sumThenReset();
        log(() -> name + " has lost " + number + " events of connections, because it was too slow", null);
    }

    private static void log(Supplier<String> message, @Nullable Throwable failure) {
        try {
            LOG.log(Level.WARNING, message.get(), failure);
        } catch (RuntimeException | Error e) {
            // A failure of the log must not end the delivery.
        }
    }

    /** Takes no more events. */
    void stop() {
        stopped = true;
        queue.offer(END); // If there is no room, the thread is not waiting for events.
    }

    /** Waits until the events that are left are delivered, or the time has passed. Then the thread ends as soon as the listener returns. */
    void awaitEnd(long deadline) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            abandoned = true;
            log(() -> name + " did not return in time after the application ended, so it is interrupted", null);
            thread.interrupt();
        }
        if (losing.get()) {
            reportLoss();
        }
    }
}
