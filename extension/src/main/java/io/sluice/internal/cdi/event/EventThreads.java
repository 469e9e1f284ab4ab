package io.sluice.internal.cdi.event;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Makes the threads of listeners: those of the server if it manages threads, and otherwise daemons with the application's class loader. */
final class EventThreads implements ThreadFactory {

    private final Optional<ThreadFactory> server;
    private final @Nullable ClassLoader application = Thread.currentThread().getContextClassLoader();

    EventThreads(Optional<ThreadFactory> server) {
        this.server = server;
    }

    @Override
    public Thread newThread(Runnable task) {
        @Nullable Thread managed = server.isPresent() ? server.get().newThread(task) : null;
        return managed == null ? own(task) : managed;
    }

    /** Without inherited variables, which are not the listener's. */
    private Thread own(Runnable task) {
        Thread thread = new Thread(null, task, "sluice-events", 0, false);
        thread.setContextClassLoader(application);
        thread.setDaemon(true);
        return thread;
    }
}
