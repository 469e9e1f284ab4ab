package io.sluice.internal.context;

import io.sluice.internal.context.handshake.ConnectionMap;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The generation of a named context that each engine was made from. An engine does not show it. Thread-safe. */
public final class EngineOrigins {

    private static final ConnectionMap<Generation> OF_ENGINES = new ConnectionMap<>();

    private EngineOrigins() {}

    static void put(SSLEngine engine, Generation generation) {
        OF_ENGINES.put(engine, generation);
    }

    /**
     * The origin of an engine.
     *
     * @param engine an engine that a specifier made
     * @return the generation; empty if the specifier is not a named context
     */
    public static Optional<Generation> of(SSLEngine engine) {
        return OF_ENGINES.get(engine);
    }
}
