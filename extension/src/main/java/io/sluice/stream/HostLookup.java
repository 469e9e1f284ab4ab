package io.sluice.stream;

import io.sluice.internal.transport.DetachedThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks host names up within a deadline. The system's resolver has no deadline, so another thread waits for it, possibly long after its
 * callers have gone. Callers of the same host therefore share one look-up, and the number of look-ups is limited. Thread-safe.
 */
final class HostLookup {

    /** A working resolver serves far more hosts per second. */
    static final int MOST = 64;

    static final HostLookup OF_THE_SYSTEM = new HostLookup();

    private final Semaphore free = new Semaphore(MOST);
    private final Map<String, FutureTask<InetAddress[]>> running = new ConcurrentHashMap<>();

    private HostLookup() {}

    /** Returns the addresses of a host, in an array of the caller's own. */
    InetAddress[] addresses(String host, long deadline) throws IOException {
        try {
            FutureTask<InetAddress[]> known = running.get(host);
            FutureTask<InetAddress[]> lookUp = known == null ? begin(host, deadline) : known;
            return lookUp.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .clone();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (CancellationException e) {
            throw new IOException("no thread could be started to look up " + host, e);
        } catch (TimeoutException e) {
            throw new LookUpTimeoutException("the host look-up did not complete");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up " + host, e);
        }
    }

    private FutureTask<InetAddress[]> begin(String host, long deadline) throws IOException, InterruptedException {
        if (!free.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new LookUpTimeoutException(MOST + " host look-ups, the most allowed, are still running");
        }
        FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> InetAddress.getAllByName(host));
        boolean started = false;
        try {
            FutureTask<InetAddress[]> other = running.putIfAbsent(host, lookUp);
            if (other != null) {
                return other;
            }
            DetachedThread.start("sluice-look-up " + host, () -> {
                try {
                    lookUp.run();
                } finally {
                    finish(host, lookUp);
                }
            });
            started = true;
            return lookUp;
        } finally {
            if (!started) {
                lookUp.cancel(false);
                finish(host, lookUp);
            }
        }
    }

    private void finish(String host, FutureTask<InetAddress[]> lookUp) {
        running.remove(host, lookUp);
        free.release();
    }

    /** The resolver took too long, not the host. */
    static final class LookUpTimeoutException extends SocketTimeoutException {

        private static final long serialVersionUID = 1L;

        LookUpTimeoutException(String message) {
            super(message);
        }
    }
}
