package io.sluice.internal.context.handshake;

import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The reasons why servers refused the name that a client sent, or that it sent none. Thread-safe. */
public final class RefusedNames {

    /** For all contexts, because an engine does not show which context made it. */
    private static final ConnectionMap<String> WHY = new ConnectionMap<>();

    private RefusedNames() {}

    /**
     * The reason why a server presented no key.
     *
     * @param engine the server's engine
     * @return the reason; empty if the name was not the reason, or if JSSE itself refused it
     */
    public static Optional<String> why(SSLEngine engine) {
        return WHY.get(engine);
    }

    /**
     * Notes that a server presented no key because of the name.
     *
     * @param engine the engine that JSSE knows
     * @param why the reason
     */
    public static void refused(SSLEngine engine, String why) {
        WHY.put(engine, why);
    }
}
