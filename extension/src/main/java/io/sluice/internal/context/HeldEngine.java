package io.sluice.internal.context;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.jsse.EngineRelease;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * An engine whose connection is counted as one of its context's generation until it is released.
 *
 * @param engine an engine whose handshake has not begun
 * @param release releases the engine and ends the counting; run once
 */
public record HeldEngine(SSLEngine engine, Runnable release) {

    /**
     * Makes an engine. If its generation has ended meanwhile, because a reload replaced it, the next one is used.
     *
     * @param context makes the engine
     * @param request the side, the peer and the options of the connection
     * @return the engine, which belongs to the caller
     * @throws SslContextException if the context cannot be loaded, or has no usable key for the server side
     */
    public static HeldEngine of(SslContextSpecifier context, EngineRequest request) throws SslContextException {
        while (true) {
            SSLEngine engine = context.engine(request);
            Runnable release = EngineRelease.of(engine);
            Optional<Generation> generation = EngineOrigins.of(engine);
            if (generation.isEmpty()) {
                return new HeldEngine(engine, release);
            }
            Optional<Runnable> hold = generation.get().hold();
            if (hold.isPresent()) {
                return new HeldEngine(engine, both(release, hold.get()));
            }
            release.run();
        }
    }

    private static Runnable both(Runnable release, Runnable hold) {
        return () -> {
            try {
                release.run();
            } finally {
                hold.run();
            }
        };
    }
}
