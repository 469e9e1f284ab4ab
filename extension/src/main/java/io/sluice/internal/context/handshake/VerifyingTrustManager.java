package io.sluice.internal.context.handshake;

import io.sluice.context.SslSide;
import io.sluice.context.callback.PeerCertificates;
import io.sluice.context.callback.PeerVerdict;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.internal.caller.CallerRules;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.settings.ContextName;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The trust of a configured context. It calls the verify callback after the trust manager, then applies the rules about clients, and keeps
 * the verdict.
 */
public final class VerifyingTrustManager extends X509ExtendedTrustManager {

    private final ContextName context;
    private final X509ExtendedTrustManager trust;
    private final HostIdentification identification;
    private final boolean checksNothing;
    private final Optional<LazyCallback<VerifyCallback>> callback;
    private final CallerRules callers;

    private VerifyingTrustManager(
            ContextName context,
            X509ExtendedTrustManager trust,
            HostIdentification identification,
            boolean checksNothing,
            Optional<LazyCallback<VerifyCallback>> callback,
            CallerRules callers) {
        this.context = context;
        this.trust = trust;
        this.identification = identification;
        this.checksNothing = checksNothing;
        this.callback = callback;
        this.callers = callers;
    }

    /**
     * The trust of a context that checks certificates.
     *
     * @param context the context's name
     * @param trust its trust
     * @param identification how it checks the host's name
     * @param callback the verify callback
     * @param callers the rules about clients
     * @return the manager
     */
    public static VerifyingTrustManager checking(
            ContextName context,
            X509ExtendedTrustManager trust,
            HostIdentification identification,
            Optional<LazyCallback<VerifyCallback>> callback,
            CallerRules callers) {
        return new VerifyingTrustManager(context, trust, identification, false, callback, callers);
    }

    /**
     * The trust of a context that trusts everyone.
     *
     * @param context the context's name
     * @param trust trusts every certificate
     * @param identification how it checks the host's name
     * @param callback the verify callback
     * @return the manager
     */
    public static VerifyingTrustManager ofEverybody(
            ContextName context,
            X509ExtendedTrustManager trust,
            HostIdentification identification,
            Optional<LazyCallback<VerifyCallback>> callback) {
        return new VerifyingTrustManager(context, trust, identification, true, callback, CallerRules.NONE);
    }

    /** The trust manager's check, which throws its objection to the chain. */
    private interface Check {
        void run() throws CertificateException;
    }

    /** The parts of a handshake that this class needs. */
    private record Handshake(
            SslSide side,
            @Nullable SSLEngine engine,
            @Nullable SSLSession session,
            @Nullable String peer,
            @Nullable SSLParameters parameters) {

        Optional<String> host() {
            Optional<String> name = side == SslSide.CLIENT && session instanceof ExtendedSSLSession extended
                    ? extended.getRequestedServerNames().stream()
                            .filter(SNIHostName.class::isInstance)
                            .map(requested -> ((SNIHostName) requested).getAsciiName())
                            .findFirst()
                    : Optional.empty();
            return name.or(() -> Optional.ofNullable(peer));
        }

        boolean checksHost() {
            String algorithm = parameters == null ? null : parameters.getEndpointIdentificationAlgorithm();
            return algorithm != null && !algorithm.isEmpty();
        }
    }

    private static Handshake unknown(SslSide side) {
        return new Handshake(side, null, null, null, null);
    }

    private Handshake handshake(SslSide side, @Nullable SSLEngine engine) {
        return engine == null
                ? unknown(side)
                : new Handshake(
                        side, engine, session(engine), engine.getPeerHost(), identification.settle(side, engine));
    }

    /** Not every provider supports this. */
    private static @Nullable SSLSession session(SSLEngine engine) {
        try {
            return engine.getHandshakeSession();
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    private Handshake handshake(SslSide side, @Nullable Socket socket) {
        if (!(socket instanceof SSLSocket ssl)) {
            return unknown(side);
        }
        SSLSession session = ssl.getHandshakeSession();
        return new Handshake(
                side, null, session, session == null ? null : session.getPeerHost(), identification.settle(side, ssl));
    }

    private void check(X509Certificate[] chain, Handshake handshake, Check check) throws CertificateException {
        try {
            verify(chain, handshake, check);
        } catch (CertificateException | RuntimeException e) {
            if (handshake.engine() != null) {
                RefusedCertificates.note(handshake.engine(), chain);
            }
            throw e;
        }
    }

    private void verify(X509Certificate[] chain, Handshake handshake, Check check) throws CertificateException {
        PeerVerdict verdict;
        try {
            check.run();
            confirm(chain, handshake, Optional.empty());
            verdict = accepted(handshake);
        } catch (ObjectionException e) {
            throw e;
        } catch (CertificateException objection) {
            if (callback.isEmpty()) {
                throw objection;
            }
            confirm(chain, handshake, Optional.of(objection));
            verdict = new PeerVerdict(
                    Result.ACCEPTED_BY_CALLBACK,
                    callback.get().description() + " accepted it, despite the trust manager's objection: "
                            + RootCause.of(objection));
        }
        if (handshake.side() == SslSide.SERVER) {
            callers.admit(List.of(chain));
        }
        PeerVerdicts.keep(verdict, handshake.side(), handshake.engine(), handshake.session());
    }

    private void confirm(X509Certificate[] chain, Handshake handshake, Optional<CertificateException> objection)
            throws CertificateException {
        if (callback.isEmpty()) {
            return;
        }
        LazyCallback<VerifyCallback> asked = callback.get();
        PeerCertificates peer =
                new PeerCertificates(context.value(), handshake.side(), handshake.host(), List.of(chain), objection);
        boolean accepted;
        try {
            accepted = asked.bean().accepts(peer);
        } catch (CertificateException e) {
            throw new ObjectionException(
                    asked.description() + " rejected the certificate: " + LazyCallback.words(e), e);
        } catch (RuntimeException e) {
            throw new ObjectionException(asked.description() + " failed: " + LazyCallback.words(e), e);
        }
        if (!accepted) {
            throw new ObjectionException(
                    asked.description() + " rejected the certificate"
                            + objection.map(o -> ": " + RootCause.of(o)).orElse(", which the trust manager accepts"),
                    objection.orElse(null));
        }
    }

    /** The callback's objection to a certificate. Unlike an exception of the trust manager, it is final. */
    private static final class ObjectionException extends CertificateException {

        private static final long serialVersionUID = 1L;

        ObjectionException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private PeerVerdict accepted(Handshake handshake) {
        if (checksNothing) {
            return new PeerVerdict(Result.NOT_CHECKED, "the context trusts every peer (trust-all)");
        }
        String anchor = "its chain leads to a certificate that the context trusts";
        if (handshake.side() == SslSide.SERVER) {
            return new PeerVerdict(Result.VERIFIED, anchor);
        }
        return new PeerVerdict(
                Result.VERIFIED,
                anchor
                        + (handshake.checksHost()
                                ? " and names the host '" + handshake.host().orElse("") + "'"
                                : "; the host's name was not checked"));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, unknown(SslSide.SERVER), () -> trust.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, unknown(SslSide.CLIENT), () -> trust.checkServerTrusted(chain, keyExchange(authType)));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, handshake(SslSide.SERVER, socket), () -> trust.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(
                chain,
                handshake(SslSide.CLIENT, socket),
                () -> trust.checkServerTrusted(chain, keyExchange(authType), socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, handshake(SslSide.SERVER, engine), () -> trust.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(
                chain,
                handshake(SslSide.CLIENT, engine),
                () -> trust.checkServerTrusted(chain, keyExchange(authType), engine));
    }

    /** In TLS 1.3, Conscrypt has a word of its own for a key exchange that says nothing about the certificate. */
    private static String keyExchange(String authType) {
        return authType.equals("GENERIC") ? "UNKNOWN" : authType;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
