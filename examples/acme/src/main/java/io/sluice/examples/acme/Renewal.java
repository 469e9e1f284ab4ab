package io.sluice.examples.acme;

import io.sluice.context.SslContext;
import io.sluice.server.ServerStarted;
import io.sluice.server.TlsAlpnChallenges;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;

/**
 * Obtains the first certificate as soon as the port is open, and renews it in time, on a thread of its own. After a failure it waits, each time
 * twice as long, from a minute to half a day; if the authority says how long to wait, it waits that long. Meanwhile the last certificate
 * stays in use.
 */
@ApplicationScoped
public class Renewal {

    private static final Logger LOG = System.getLogger(Renewal.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 10;
    private static final Duration MAX_PAUSE = Duration.ofHours(12);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    @Inject
    AcmeSettings settings;

    @Inject
    @SslContext("clock")
    AcmeKeys keys;

    @Inject
    TlsAlpnChallenges challenges;

    @Inject
    @SslContext("acme")
    SSLContext tls;

    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;
    private int failures;

    synchronized void start(@Observes ServerStarted event) {
        if (thread == null && stop.getCount() > 0) {
            thread = new Thread(this::run, "acme-renewal");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @PreDestroy
    synchronized void stop() {
        stop.countDown();
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(STOP_LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        AcmeFolder folder = new AcmeFolder(settings.folder);
        try {
            Instant next = Instant.now();
            while (!stop.await(Duration.between(Instant.now(), next).toMillis(), TimeUnit.MILLISECONDS)) {
                next = renewIfDue(folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when to look again. */
    private Instant renewIfDue(AcmeFolder folder) throws InterruptedException {
        try {
            Instant due = due(folder);
            if (due.isAfter(Instant.now())) {
                return due;
            }
            CertifiedKey issued = order(folder);
            folder.store(issued);
            failures = 0;
            LOG.log(Level.INFO, "obtained for " + settings.domains + ": " + issued);
            keys.renewed();
            Instant earliest = Instant.now().plus(settings.minInterval);
            Instant renewal = due(folder);
            return renewal.isAfter(earliest) ? renewal : earliest;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (stop.getCount() == 0) {
                return Instant.now(); // The order was interrupted.
            }
            Instant next = afterFailure(e);
            LOG.log(
                    Level.WARNING,
                    "no certificate for " + settings.domains + " from " + settings.directory + ": " + reason(e)
                            + ". The next try is at " + next);
            return next;
        }
    }

    private CertifiedKey order(AcmeFolder folder) throws Exception {
        try (AcmeServer server = new AcmeServer(tls)) {
            return new CertificateOrder(settings, challenges)
                    .obtain(server.session(settings.directory), folder.accountKey());
        }
    }

    /** When to order: now if there is no certificate for the configured names. */
    private Instant due(AcmeFolder folder) throws IOException {
        Optional<CertifiedKey> kept = folder.certificate();
        if (kept.isEmpty() || !kept.get().names().equals(settings.names())) {
            return Instant.now();
        }
        Instant earliest = folder.lastIssued().plus(settings.minInterval);
        Instant renewal = kept.get().after(settings.renewAfter);
        return renewal.isAfter(earliest) ? renewal : earliest;
    }

    private Instant afterFailure(Exception failure) {
        Instant now = Instant.now();
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        Instant next = now.plus(doubled.compareTo(MAX_PAUSE) < 0 ? doubled : MAX_PAUSE);
        return failure instanceof AcmeRateLimitedException limited
                ? limited.getRetryAfter().filter(next::isBefore).orElse(next)
                : next;
    }

    /** acme4j keeps the reason of some failures in their cause. */
    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause + ")");
    }
}
