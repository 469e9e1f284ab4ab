package io.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * What the accept thread does when the system has no descriptor, buffer or thread left, or a client went away in the backlog:
 * wait a little, longer each time, never so long that it would miss the relief by a second.
 */
final class AcceptFailures {

    private static final Logger LOG = System.getLogger(AcceptFailures.class.getName());
    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 320;

    private final String server;
    private final LogLimiter log;
    private long pauseMillis = FIRST_PAUSE_MS;

    AcceptFailures(String server) {
        this.server = server;
        this.log = new LogLimiter(LOG, server, 1, LogLimiter.WINDOW);
    }

    void over() {
        pauseMillis = FIRST_PAUSE_MS;
    }

    void pauseAfter(Throwable fault) throws InterruptedException {
        log.log(
                Level.WARNING,
                "failures to accept",
                () -> "server \"" + server + "\" cannot take connections (" + fault + "); it keeps trying."
                        + " If descriptors or threads are short, raise the limits of the process or set max-connections",
                null);
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        pauseMillis = Math.min(LONGEST_PAUSE_MS, pauseMillis * 2);
    }

    /** The limiter that summarises what was not logged. */
    LogLimiter log() {
        return log;
    }
}
