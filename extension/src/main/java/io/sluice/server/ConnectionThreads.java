package io.sluice.server;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one server. They find the application by its class loader; managed ones also by what the application server puts around
 * them: naming, security. It takes that from the thread that asks for a new one, so the thread that accepts connections is managed too.
 *
 * @param executor starts a connection's task at once, on a thread of its own
 * @param mostAtOnce how many tasks it may have
 * @param accepting makes the threads that accept them and drain
 */
record ConnectionThreads(ExecutorService executor, int mostAtOnce, ThreadFactory accepting) {

    /** What a process bears of platform threads, with their stacks. */
    private static final int MOST_PLATFORM_THREADS = 1_024;

    static ConnectionThreads of(ThreadKind kind, String name) {
        return switch (kind) {
            case AUTO ->
                ManagedThreads.factory()
                        .map(ConnectionThreads::managed)
                        .or(() -> virtual(name))
                        .orElseGet(() -> platform(name));
            case VIRTUAL -> virtual(name).orElseThrow(() -> noVirtualThreads(name));
            case PLATFORM -> platform(name);
            case MANAGED ->
                ManagedThreads.factory()
                        .map(ConnectionThreads::managed)
                        .orElseThrow(() -> new IllegalStateException("server \"" + name
                                + "\": threads=managed, and there is"
                                + " no " + ManagedThreads.NAME + " here. Use threads=auto, or a server with Jakarta"
                                + " Concurrency"));
        };
    }

    /** Finds out what is certain before the application runs: managed threads may be bound only then. */
    static void check(ThreadKind kind, String name) {
        if (kind == ThreadKind.VIRTUAL && virtualThreads(name) == null) {
            throw noVirtualThreads(name);
        }
    }

    private static IllegalStateException noVirtualThreads(String name) {
        return new IllegalStateException("server \"" + name + "\": this JDK (" + Runtime.version()
                + ") has no virtual threads. Use threads=auto or platform, or JDK 21 or later");
    }

    private static Optional<ConnectionThreads> virtual(String name) {
        return Optional.ofNullable(virtualThreads(name))
                .map(threads -> new ConnectionThreads(
                        perTask(inClassLoader(threads)), Integer.MAX_VALUE, inClassLoader(platformThreads(name))));
    }

    private static ConnectionThreads platform(String name) {
        return new ConnectionThreads(
                ConnectionPool.of(inClassLoader(platformThreads(name))),
                MOST_PLATFORM_THREADS,
                inClassLoader(platformThreads(name)));
    }

    private static ConnectionThreads managed(ThreadFactory threads) {
        return new ConnectionThreads(ConnectionPool.of(threads), MOST_PLATFORM_THREADS, threads);
    }

    private static ThreadFactory inClassLoader(ThreadFactory threads) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(application);
            return thread;
        };
    }

    private static ThreadFactory platformThreads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** By reflection, because the bytecode is Java 17's. Null where the JDK has none, or only as a preview. */
    private static @Nullable ThreadFactory virtualThreads(String name) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named = builder.getMethod("name", String.class, long.class).invoke(virtual, name + "-", 1L);
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
            throw new IllegalStateException("a JDK with virtual threads has an executor of them", e);
        }
    }

    /** The thread factory that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.4.4). */
    private static final class ManagedThreads {

        static final String NAME = "java:comp/DefaultManagedThreadFactory";

        private ManagedThreads() {}

        /** Empty where nothing of that name is bound, naming fails on this thread, or the JVM has none at all. */
        static Optional<ThreadFactory> factory() {
            try {
                return InitialContext.doLookup(NAME) instanceof ThreadFactory found
                        ? Optional.of(found)
                        : Optional.empty();
            } catch (NamingException | RuntimeException | LinkageError e) {
                return Optional.empty();
            }
        }
    }
}
