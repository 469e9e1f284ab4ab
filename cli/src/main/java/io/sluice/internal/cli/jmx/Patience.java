package io.sluice.internal.cli.jmx;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for work that cannot be interrupted, as that of RMI and of the attach mechanism.
 *
 * @param limit how long to wait
 */
record Patience(Duration limit) {

    /** Runs the work on a thread of its own, which does not keep the JVM alive. */
    <T> T await(String what, Callable<T> work) throws ServiceException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, what);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw ServiceException.unreachable(what + " did not answer within " + limit
                    + ". Check that it is alive, or wait longer with --timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceException.unreachable("interrupted while waiting for " + what);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
