package io.sluice.context;

import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** One engine of the application, used unchanged and only once. */
final class GivenEngineSpecifier implements SslContextSpecifier {

    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    /** The engines in use, of all specifiers: until its handshake begins, an engine does not show that it is in use. */
    private static final Set<SSLEngine> TAKEN =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private final SSLEngine engine;

    GivenEngineSpecifier(SSLEngine engine) {
        this.engine = Objects.requireNonNull(
                engine, "the SSLEngine is null. Pass an engine, or use SslContextSpecifier.plain() for none");
        requireUnstarted();
    }

    private void requireUnstarted() {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                || engine.isInboundDone()
                || engine.isOutboundDone()
                || !NO_CIPHER.equals(engine.getSession().getCipherSuite())) {
            throw new IllegalArgumentException("the given SSLEngine has begun its handshake. Pass an unused engine");
        }
    }

    @Override
    public String description() {
        return "the given SSLEngine";
    }

    @Override
    public SSLEngine engine(EngineRequest request) {
        refuse("contextConfigurer", request.contextConfigurer().isPresent());
        refuse("engineConfigurer", request.engineConfigurer().isPresent());
        refuse("serverName", request.serverName().isPresent());
        refuse("alpn", !request.alpn().isEmpty());
        refuseOtherSide(request.side());
        if (!TAKEN.add(engine)) {
            throw new IllegalStateException(
                    "the given SSLEngine was used before. An engine serves one connection, so pass a new one");
        }
        requireUnstarted();
        return engine;
    }

    private void refuseOtherSide(SslSide side) {
        SslSide own = engine.getUseClientMode() ? SslSide.CLIENT : SslSide.SERVER;
        if (side != SslSide.BOTH && side != own) {
            throw new IllegalArgumentException("the given SSLEngine is set up for the side " + own
                    + ", but the call is for the side " + side + ". Pass the initarg 'sslSide', or another engine");
        }
    }

    private static void refuse(String initarg, boolean present) {
        if (present) {
            throw new IllegalArgumentException(
                    "the initarg '" + initarg
                            + "' does not apply to the given SSLEngine, which is used unchanged. Configure the engine yourself");
        }
    }
}
