package io.sluice.internal.managed;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The scheduled executor that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.2.4). */
public final class ManagedScheduling {

    private static final String NAME = "java:comp/DefaultManagedScheduledExecutorService";

    private ManagedScheduling() {}

    /**
     * Finds the executor of the application that the calling thread belongs to.
     *
     * @return the executor, which belongs to the server; empty if there is none
     */
    public static Optional<ScheduledExecutorService> find() {
        try {
            return InitialContext.doLookup(NAME) instanceof ScheduledExecutorService executor
                    ? Optional.of(executor)
                    : Optional.empty();
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
