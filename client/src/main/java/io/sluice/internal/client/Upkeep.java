package io.sluice.internal.client;

import io.sluice.internal.cdi.ServerThreads;
import io.sluice.internal.context.ApplicationThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks after the connections that nobody uses, once a second and after each reload of a context, on one thread of the application. What may
 * take long, to open connections, has threads of its own, one for a client at most, which end with their work.
 */
final class Upkeep {

    private static final Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final long PERIOD_MILLIS = 1000;

    private final Supplier<Collection<RunningClient>> clients;
    private final ScheduledThreadPoolExecutor executor;
    private final ThreadFactory fillers;

    private Upkeep(Supplier<Collection<RunningClient>> clients) {
        this.clients = clients;
        this.executor = new ScheduledThreadPoolExecutor(
                1,
                new ApplicationThreads(
                        ServerThreads.find(), "sluice-clients", "connections of clients are looked after"));
        this.fillers = new ApplicationThreads(
                ServerThreads.find(), "sluice-clients-open", "connections of clients are opened in advance");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A look never fails as a whole.
    static Upkeep start(Supplier<Collection<RunningClient>> clients) {
        Upkeep upkeep = new Upkeep(clients);
        upkeep.executor.scheduleWithFixedDelay(upkeep::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return upkeep;
    }

    /** Looks soon. */
    void lookNow() {
        if (!executor.isShutdown()) {
            executor.execute(this::look);
        }
    }

    private void look() {
        clients.get().forEach(this::look);
    }

    private void look(RunningClient client) {
        try {
            client.evict();
            if (client.lacksConnections() && client.filling().compareAndSet(false, true)) {
                startFilling(client);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "client '" + client.settings().name() + "': its unused connections could not be looked after",
                    e);
        }
    }

    private void startFilling(RunningClient client) {
        boolean isStarted = false;
        try {
            fillers.newThread(client::fill).start();
            isStarted = true;
        } finally {
            if (!isStarted) {
                client.filling().set(false);
            }
        }
    }

    void stop() {
        executor.shutdownNow();
    }
}
