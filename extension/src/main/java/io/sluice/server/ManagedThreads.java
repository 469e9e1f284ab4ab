package io.sluice.server;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** The thread factory that a Jakarta EE server gives each application (Jakarta Concurrency, section 3.4.4). */
final class ManagedThreads {

    static final String NAME = "java:comp/DefaultManagedThreadFactory";

    private ManagedThreads() {}

    /** Empty where nothing of that name is bound, naming fails on this thread, or the JVM has none at all. */
    static Optional<ThreadFactory> factory() {
        try {
            return InitialContext.doLookup(NAME) instanceof ThreadFactory found ? Optional.of(found) : Optional.empty();
        } catch (NamingException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }
}
