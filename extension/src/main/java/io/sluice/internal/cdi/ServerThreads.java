package io.sluice.internal.cdi;

import jakarta.enterprise.concurrent.ContextService;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Makes managed threads with the naming and security of one application (Jakarta Concurrency, section 3.4), whichever thread asks for them.
 * A server's factory takes these from the thread that asks, which may be one of another library.
 */
public final class ServerThreads implements ThreadFactory {

    private static final String FACTORY = "java:comp/DefaultManagedThreadFactory";
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private final ThreadFactory factory;
    private final Consumer<Runnable> inApplication;

    /** While the application starts, this thread has its context, and Open Liberty cannot apply it to any. */
    private final long starter = Thread.currentThread().getId();

    private ServerThreads(ThreadFactory factory, Consumer<Runnable> inApplication) {
        this.factory = factory;
        this.inApplication = inApplication;
    }

    /** The threads of the application that the calling thread belongs to; empty if there is no server, or it makes none. */
    public static Optional<ThreadFactory> find() {
        try {
            return InitialContext.doLookup(FACTORY) instanceof ThreadFactory factory
                            && InitialContext.doLookup(CONTEXTS) instanceof ContextService contexts
                    ? Optional.of(new ServerThreads(factory, contexts.contextualConsumer(Runnable::run)))
                    : Optional.empty();
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty(); // Not bound, or naming or the API does not exist in this JVM.
        }
    }

    /** {@inheritDoc} Null if the factory has been shut down. */
    @Override
    public @Nullable Thread newThread(Runnable task) {
        if (Thread.currentThread().getId() == starter) {
            return factory.newThread(task);
        }
        AtomicReference<@Nullable Thread> made = new AtomicReference<>();
        inApplication.accept(() -> made.set(factory.newThread(task)));
        return made.get();
    }
}
