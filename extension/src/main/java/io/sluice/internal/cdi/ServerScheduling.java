package io.sluice.internal.cdi;

import io.sluice.internal.managed.ManagedScheduling;
import jakarta.enterprise.concurrent.ContextService;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds the scheduled executor that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.2.4). */
final class ServerScheduling {

    private static final String EXECUTOR = "java:comp/DefaultManagedScheduledExecutorService";
    private static final String CONTEXTS = "java:comp/DefaultContextService";

    private ServerScheduling() {}

    /** The executor of the application that the calling thread belongs to; empty if there is none. */
    static Optional<ManagedScheduling> find() {
        try {
            return InitialContext.doLookup(EXECUTOR) instanceof ScheduledExecutorService executor
                            && InitialContext.doLookup(CONTEXTS) instanceof ContextService contexts
                    ? Optional.of(new ManagedScheduling(executor, contexts.contextualConsumer(Runnable::run)))
                    : Optional.empty();
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty(); // Not bound, or naming or the API does not exist in this JVM.
        }
    }
}
