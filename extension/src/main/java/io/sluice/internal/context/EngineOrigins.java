package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The snapshots of the named contexts that made engines. */
public final class EngineOrigins {

    private static final ConnectionMap<ContextSnapshot> OF_ENGINES = new ConnectionMap<>();

    private EngineOrigins() {}

    /**
     * The snapshot from which an engine was made.
     *
     * @param engine an engine
     * @return its snapshot; empty if no named context made the engine
     */
    public static Optional<ContextSnapshot> of(SSLEngine engine) {
        return OF_ENGINES.get(inner(engine));
    }

    /** Notes the origin. A context that stands for another one does not replace the other one's snapshot. */
    static <E extends SSLEngine> E note(E engine, ContextSnapshot snapshot) {
        OF_ENGINES.putIfAbsent(inner(engine), snapshot);
        return engine;
    }

    private static SSLEngine inner(SSLEngine engine) {
        return engine instanceof LateModeEngine sided ? sided.inner() : engine;
    }
}
