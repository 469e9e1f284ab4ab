package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a separate thread, which is awaited for a limited time. */
final class Background<T> {
    private final Thread thread;
    private final Future<T> result;

    private Background(Thread thread, Future<T> result) {
        this.thread = thread;
        this.result = result;
    }

    static <T> Background<T> run(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Background<>(thread, result);
    }

    interface Work {
        void run() throws Exception;
    }

    static Background<Void> start(Work work) {
        return run(() -> {
            work.run();
            return null;
        });
    }

    Thread thread() {
        return thread;
    }

    boolean done() {
        return result.isDone();
    }

    T get() throws Exception {
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("still at work in " + thread.getName());
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    /** The failure that the work ended with. */
    TransportException failure() throws Exception {
        try {
            T value = get();
            throw new AssertionError("no failure, but " + value);
        } catch (TransportException e) {
            return e;
        }
    }
}
