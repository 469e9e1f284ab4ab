package io.sluice.stream;

import io.sluice.context.AllowedCaller;
import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.context.EngineCallers;
import io.sluice.internal.context.HeldEngine;
import io.sluice.internal.context.KeylessContexts;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.PeerVerdicts;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.proxy.ProxyHeader;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** The plan for a raw socket: plaintext, or TLS with an engine from the context. */
record ConnectionPlan(
        SslContextSpecifier context,
        Initargs initargs,
        SslSide side,
        Optional<String> host,
        Optional<ProxyHeader> proxyHeader,
        Optional<Duration> handshakeLeft) {

    /** The verdicts and the rules of the contexts that made the engines. */
    private static final PeerReview REVIEW = new PeerReview() {
        @Override
        public Optional<?> note(SSLEngine engine) {
            return PeerVerdicts.of(engine);
        }

        @Override
        public Optional<?> caller(SSLEngine engine, List<X509Certificate> peer) throws CertificateException {
            CallerRules rules = engine.getUseClientMode() ? CallerRules.NONE : EngineCallers.of(engine);
            return rules.admit(peer).map(match -> new AllowedCaller(match.name(), match.property(), match.pattern()));
        }
    };

    ConnectionPlan(SslContextSpecifier context, Initargs initargs, SslSide otherwise) {
        this(
                context,
                initargs,
                initargs.get(InitargKey.SSL_SIDE, otherwise),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ConnectionPlan withHost(String remoteHost) {
        return new ConnectionPlan(context, initargs, side, Optional.of(remoteHost), proxyHeader, handshakeLeft);
    }

    /** For a connection through a balancer, whose header took some of the handshake's time. */
    ConnectionPlan withProxyHeader(ProxyHeader header, Duration remaining) {
        return new ConnectionPlan(context, initargs, side, host, Optional.of(header), Optional.of(remaining));
    }

    /** For attaching TLS to an open connection: what the call omits is inherited from the creation of the stream. */
    ConnectionPlan attaching(SslContextSpecifier next, Initargs own) {
        return new ConnectionPlan(
                next,
                own.inheriting(initargs),
                own.get(InitargKey.SSL_SIDE, side),
                host,
                proxyHeader,
                Optional.empty());
    }

    /** The name of the context, if it has one. */
    Optional<String> contextName() {
        return ReloadableContext.behind(context).map(ReloadableContext::name);
    }

    ConnectionLabel label(RawSocket raw) {
        return new ConnectionLabel(context.description(), peer(raw));
    }

    /** The client, even if it connects through a balancer. */
    private InetSocketAddress peer(RawSocket raw) {
        return proxyHeader.flatMap(ProxyHeader::client).orElseGet(raw::remoteAddress);
    }

    Transport transport(RawSocket raw, ConnectionLabel label) throws SocketStreamException {
        if (context.isPlain()) {
            requireNoConfigurers();
            return new PlainTransport(raw, limits().closeTimeout());
        }
        try {
            return transport(raw, HeldEngine.of(context, request(raw)));
        } catch (SslContextException e) {
            throw StreamExceptions.of(e, label);
        }
    }

    private Transport transport(RawSocket raw, HeldEngine held) {
        try {
            return new TlsTransport(raw, held, limits(raw.takeWaited()), REVIEW);
        } catch (RuntimeException | Error e) {
            try {
                held.release();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Whether a handshake failed because the server has no key. JSSE only reports that nothing was in common. */
    boolean lacksKey(SocketStreamException failure) {
        return side == SslSide.SERVER
                && failure.kind() == Kind.VERSION_OR_CIPHER_MISMATCH
                && KeylessContexts.contains(context);
    }

    /** The peer's host and port let clients resume sessions. An address saves servers a name look-up. */
    private EngineRequest request(RawSocket raw) {
        InetSocketAddress peer = peer(raw);
        String peerHost = host.orElseGet(() -> peer.getAddress().getHostAddress());
        EngineRequest request =
                EngineRequest.of(side, peerHost, peer.getPort()).withAlpn(initargs.get(InitargKey.ALPN, List.of()));
        request = initargs.get(InitargKey.SERVER_NAME)
                .map(request::withServerName)
                .orElse(request);
        request = initargs.get(InitargKey.CONTEXT_CONFIGURER)
                .map(request::withContextConfigurer)
                .orElse(request);
        return initargs.get(InitargKey.ENGINE_CONFIGURER)
                .map(request::withEngineConfigurer)
                .orElse(request);
    }

    TlsLimits limits() {
        return limits(Duration.ZERO);
    }

    private TlsLimits limits(Duration spent) {
        TlsTimeouts configured = context.timeouts();
        return new TlsLimits(
                handshakeLeft.orElseGet(() -> initargs.get(InitargKey.HANDSHAKE_TIMEOUT, configured.handshake())),
                spent,
                initargs.get(InitargKey.CLOSE_TIMEOUT, configured.close()));
    }

    private void requireNoConfigurers() {
        for (InitargKey<?> key : List.of(InitargKey.CONTEXT_CONFIGURER, InitargKey.ENGINE_CONFIGURER)) {
            if (initargs.has(key)) {
                throw new IllegalArgumentException("initarg '" + key.name() + "' does not apply: "
                        + context.description() + " is plaintext. Omit it, or use a context with TLS");
            }
        }
    }
}
