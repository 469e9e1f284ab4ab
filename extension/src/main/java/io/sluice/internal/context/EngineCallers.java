package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.context.handshake.ConnectionMap;
import io.sluice.internal.context.handshake.LateModeEngine;
import javax.net.ssl.SSLEngine;

/** The rules about clients that each engine follows. Thread-safe. */
public final class EngineCallers {

    /** Only engines of injected contexts, which have no origin. */
    private static final ConnectionMap<CallerRules> OF_ENGINES = new ConnectionMap<>();

    private EngineCallers() {}

    /** Notes the rules of an engine that an injected context made. */
    static LateModeEngine note(LateModeEngine engine, ContextSnapshot snapshot) {
        if (!snapshot.callers().isEmpty()) {
            OF_ENGINES.put(engine.inner(), snapshot.callers());
        }
        return engine;
    }

    /**
     * The rules of an engine's context.
     *
     * @param engine any engine
     * @return the rules; none if every verified client may connect, or if no named context made the engine
     */
    public static CallerRules of(SSLEngine engine) {
        return OF_ENGINES
                .get(engine)
                .or(() -> EngineOrigins.of(engine)
                        .map(generation -> generation.snapshot().callers()))
                .orElse(CallerRules.NONE);
    }
}
