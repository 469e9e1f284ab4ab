package io.sluice.server;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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
 */
record ConnectionThreads(ExecutorService executor, int maxTasks, ThreadFactory factory) {

    private static final String MANAGED_FACTORY = "java:comp/DefaultManagedThreadFactory";

    /** Each platform thread needs memory for its stack. */
    private static final int MAX_PLATFORM_THREADS = 1_024;

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
                .map(threads -> new ConnectionThreads(
                        perTask(inClassLoader(threads)), Integer.MAX_VALUE, platformThreads(server)));
    }

    private static ConnectionThreads platform(String server) {
        return new ConnectionThreads(new Pool(platformThreads(server)), MAX_PLATFORM_THREADS, platformThreads(server));
    }

    /** The thread factory that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.4.4). */
    private static Optional<ConnectionThreads> managed() {
        try {
            return InitialContext.doLookup(MANAGED_FACTORY) instanceof ThreadFactory factory
                    ? Optional.of(new ConnectionThreads(new Pool(factory), MAX_PLATFORM_THREADS, factory))
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

    /**
     * Starts each task immediately, on a thread that is kept for a while afterwards. It has terminated only when its threads have ended: a
     * thread that still runs keeps the application's class loader.
     */
    static final class Pool extends ThreadPoolExecutor {

        private static final long IDLE_SECONDS = 60;

        private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

        Pool(ThreadFactory factory) {
            super(0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>());
            setThreadFactory(task -> track(factory.newThread(task)));
        }

        /** Accepts null, which a factory returns if it cannot make a thread. */
        private @Nullable Thread track(@Nullable Thread thread) {
            alive.removeIf(other -> !other.isAlive());
            if (thread != null) {
                alive.add(thread);
            }
            return thread;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            if (!super.awaitTermination(timeout, unit)) {
                return false;
            }
            for (Thread thread : alive) {
                if (!join(thread, deadline)) {
                    return false;
                }
            }
            return true;
        }
    }
}
