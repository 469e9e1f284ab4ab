package io.sluice.internal.context;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of one purpose in one application: those of the server if it manages threads, and otherwise daemons with the application's
 * class loader. Thread-safe.
 */
public final class ApplicationThreads implements ThreadFactory {

    private static final Logger LOG = System.getLogger(ApplicationThreads.class.getName());

    private final Optional<ThreadFactory> server;
    private final String name;
    private final String purpose;
    private final @Nullable ClassLoader application = Thread.currentThread().getContextClassLoader();

    /**
     * For the application that the calling thread belongs to.
     *
     * @param server makes the threads that the server manages; empty if it manages none
     * @param name the name of each thread
     * @param purpose what happens on the threads, for the middle of a message
     */
    public ApplicationThreads(Optional<ThreadFactory> server, String name, String purpose) {
        this.server = server;
        this.name = name;
        this.purpose = purpose;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = server.map(threads -> managed(threads, task)).orElseGet(() -> own(task));
        thread.setName(name);
        return thread;
    }

    private @Nullable Thread managed(ThreadFactory threads, Runnable task) {
        try {
            return threads.newThread(task);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "the server refuses a managed thread, so " + purpose
                            + " on a thread without its naming and security",
                    e);
            return null;
        }
    }

    /** Without inherited variables: the thread that asks may serve a request, whose caller and log context are not this one's. */
    private Thread own(Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setContextClassLoader(application);
        thread.setDaemon(true);
        return thread;
    }
}
