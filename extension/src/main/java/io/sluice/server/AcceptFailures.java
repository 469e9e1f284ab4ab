package io.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * The pauses of the accept thread after failures: no descriptor, buffer or thread is left, or a client has left the backlog. Each pause is
 * twice as long as the one before, up to a limit, so that the server soon accepts again.
 */
final class AcceptFailures {

    private static final Logger LOG = System.getLogger(AcceptFailures.class.getName());
    private static final long FIRST_PAUSE_MS = 5;
    private static final long MAX_PAUSE_MS = 320;

    private final String server;
    private final LogLimiter log;
    private long pauseMillis = FIRST_PAUSE_MS;

    AcceptFailures(String server) {
        this.server = server;
        this.log = new LogLimiter(LOG, server, 1, LogLimiter.WINDOW);
    }

    void reset() {
        pauseMillis = FIRST_PAUSE_MS;
    }

    /** Returns false if the thread was interrupted. */
    boolean pauseAfter(Throwable failure) {
        log.log(
                Level.WARNING,
                "failures to accept",
                () -> "server '" + server + "' cannot accept connections (" + failure + "). It keeps trying."
                        + " If descriptors or threads are scarce, raise the limits of the process or set max-connections",
                null);
        try {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        } catch (InterruptedException e) {
            return false;
        }
        pauseMillis = Math.min(MAX_PAUSE_MS, pauseMillis * 2);
        return true;
    }

    LogLimiter log() {
        return log;
    }
}
