package io.sluice.internal.context.handshake;

import io.sluice.context.SslSide;
import io.sluice.context.callback.PeerVerdict;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The verdicts of configured contexts on the peers' certificates, for streams to report. */
public final class PeerVerdicts {

    /** For all contexts, because an engine does not show which context made it. */
    private static final ConnectionMap<PeerVerdict> OF_ENGINES = new ConnectionMap<>();

    private PeerVerdicts() {}

    /**
     * The verdict of an engine's handshake.
     *
     * @param engine an engine whose handshake is done
     * @return the verdict of this handshake; empty if it verified no certificate, because it resumed a session or requested none, or
     *     if the engine's trust is not that of a configured context
     */
    public static Optional<PeerVerdict> of(SSLEngine engine) {
        return OF_ENGINES.get(engine);
    }

    /**
     * Keeps a verdict. The session keeps it too if a handshake that resumes the session must not report more, and if it costs nothing,
     * because JSSE keeps a client's sessions in memory anyway.
     */
    static void keep(PeerVerdict verdict, SslSide side, @Nullable SSLEngine engine, @Nullable SSLSession session) {
        if (engine != null) {
            OF_ENGINES.put(engine, verdict);
        }
        if (session != null && (side == SslSide.CLIENT || verdict.result() != PeerVerdict.Result.VERIFIED)) {
            session.putValue(PeerVerdict.NOTE, verdict);
        }
    }
}
