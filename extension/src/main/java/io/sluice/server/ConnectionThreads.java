package io.sluice.server;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one server. All have the application's class loader. Managed threads also have the context of the application server:
 * naming and security. A managed thread takes it from the thread that requests it, so the thread that accepts connections is managed too.
 *
 * @param executor starts a connection's task immediately, on its own thread
 * @param maxTasks the limit of concurrent tasks
 * @param factory makes the threads that accept and drain
 * @param taskFactory makes the threads of the tasks
 */
record ConnectionThreads(ExecutorService executor, int maxTasks, ThreadFactory factory, ThreadFactory taskFactory) {

    private static final String MANAGED_FACTORY = "java:comp/DefaultManagedThreadFactory";

    /** Each platform thread needs memory for its stack. */
    private static final int MAX_PLATFORM_THREADS = 1_024;

    /** Handlers of messages that wait, such as for a database, need a thread each. */
    private static final int MAX_HANDLERS = 200;

    static ConnectionThreads of(ThreadKind kind, String server) {
        return switch (kind) {
            case AUTO -> managed().or(() -> virtual(server)).orElseGet(() -> platform(server));
            case VIRTUAL -> virtual(server).orElseThrow(() -> noVirtualThreads(server));
            case PLATFORM -> platform(server);
            case MANAGED ->
                managed()
                        .orElseThrow(() -> new IllegalStateException("server '" + server + "': threads=managed, but "
                                + MANAGED_FACTORY + " is not available. Use threads=auto, or an application server with"
                                + " Jakarta Concurrency"));
        };
    }

    /** Checks what is certain before the application runs. Managed threads may become available only then. */
    static void check(ThreadKind kind, String server) {
        if (kind == ThreadKind.VIRTUAL && virtualThreads(server) == null) {
            throw noVirtualThreads(server);
        }
    }

    /**
     * The same threads for messages, of which many connections have few at the same time.
     *
     * @param limit the limit of messages; 0 for the default
     */
    ConnectionThreads forMessages(int limit) {
        executor.shutdown(); // It has no threads yet.
        ExecutorService bounded = executor instanceof Pool
                ? Pool.bounded(taskFactory, limit == 0 ? MAX_HANDLERS : limit)
                : limit == 0 ? perTask(taskFactory) : new LimitedTasks(perTask(taskFactory), limit);
        return new ConnectionThreads(bounded, Integer.MAX_VALUE, factory, taskFactory);
    }

    private static IllegalStateException noVirtualThreads(String server) {
        return new IllegalStateException("server '" + server + "': this JDK (" + Runtime.version()
                + ") has no virtual threads. Use threads=auto or platform, or JDK 21 or later");
    }

    /** Waits until a thread has ended, and returns whether it has. The deadline is a value of {@link System#nanoTime}. */
    static boolean join(Thread thread, long deadline) throws InterruptedException {
        long remaining = deadline - System.nanoTime();
        if (remaining > 0) {
            TimeUnit.NANOSECONDS.timedJoin(thread, remaining);
        }
        return !thread.isAlive();
    }

    private static Optional<ConnectionThreads> virtual(String server) {
        return Optional.ofNullable(virtualThreads(server))
                .map(ConnectionThreads::inClassLoader)
                .map(threads ->
                        new ConnectionThreads(perTask(threads), Integer.MAX_VALUE, platformThreads(server), threads));
    }

    private static ConnectionThreads platform(String server) {
        ThreadFactory threads = platformThreads(server);
        return new ConnectionThreads(Pool.immediate(threads), MAX_PLATFORM_THREADS, platformThreads(server), threads);
    }

    /** The thread factory that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.4.4). */
    private static Optional<ConnectionThreads> managed() {
        try {
            return InitialContext.doLookup(MANAGED_FACTORY) instanceof ThreadFactory factory
                    ? Optional.of(
                            new ConnectionThreads(Pool.immediate(factory), MAX_PLATFORM_THREADS, factory, factory))
                    : Optional.empty();
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty(); // Not bound, or naming fails on this thread or does not exist in this JVM.
        }
    }

    private static ThreadFactory inClassLoader(ThreadFactory threads) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(application);
            return thread;
        };
    }

    private static ThreadFactory platformThreads(String server) {
        AtomicInteger number = new AtomicInteger();
        return inClassLoader(task -> {
            Thread thread = new Thread(task, server + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** By reflection, because the bytecode is Java 17's. Null if the JDK has no virtual threads, or only as a preview. */
    private static @Nullable ThreadFactory virtualThreads(String server) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, server + "-", 1L);
            return (ThreadFactory) builder.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static ExecutorService perTask(ThreadFactory threads) {
        try {
            Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
            return (ExecutorService) perTask.invoke(null, threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK has virtual threads, but no executor for them", e);
        }
    }
}
