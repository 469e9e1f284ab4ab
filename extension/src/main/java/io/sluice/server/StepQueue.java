package io.sluice.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The steps of connections that wait for a thread, in their order. To wake a thread costs more than a short step, so only one is requested
 * at a time. Before a thread takes a step, which may wait, it requests the next one if there is more to do. Thread-safe.
 */
final class StepQueue {

    /** A step of a connection. */
    interface Step extends Runnable {

        /** There is no thread for it. */
        void rejected(Throwable reason);
    }

    private final Executor threads;
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    /** A thread was requested, and has not looked for a step yet. */
    private final AtomicBoolean requested = new AtomicBoolean();

    StepQueue(Executor threads) {
        this.threads = threads;
    }

    /** Adds a step. It begins after {@link #begin} at the latest. */
    void add(Step step) {
        steps.add(step);
    }

    /** Requests a thread if there are steps. */
    void begin() {
        if (!steps.isEmpty() && requested.compareAndSet(false, true)) {
            try {
                threads.execute(this::work);
            } catch (RuntimeException | Error e) {
                requested.set(false);
                reject(e);
            }
        }
    }

    private void work() {
        requested.set(false);
        for (Step next = steps.poll(); next != null; next = steps.poll()) {
            begin();
            run(next);
        }
    }

    /** A failure ends this thread, but not the steps that follow. */
    private void run(Step step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            begin();
            throw e;
        }
    }

    private void reject(Throwable reason) {
        for (Step next = steps.poll(); next != null; next = steps.poll()) {
            next.rejected(reason);
        }
    }
}
