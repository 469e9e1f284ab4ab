package io.sluice.stream;

import io.sluice.context.AllowedCaller;
import io.sluice.context.callback.PeerVerdict;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.internal.tls.TlsDetails;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The result of a stream's TLS handshake. It remains readable after the stream is closed. Immutable. Thread-safe. */
public final class TlsSession {

    private final TlsDetails details;
    private final InetSocketAddress localAddress;
    private final InetSocketAddress remoteAddress;
    private final long generation;

    TlsSession(TlsDetails details, InetSocketAddress localAddress, InetSocketAddress remoteAddress, long generation) {
        this.details = details;
        this.localAddress = localAddress;
        this.remoteAddress = remoteAddress;
        this.generation = generation;
    }

    /**
     * Returns the protocol version.
     *
     * @return the JSSE name, such as {@code TLSv1.3}
     */
    public String protocol() {
        return details.protocol();
    }

    /**
     * Returns the cipher suite.
     *
     * @return the JSSE name, such as {@code TLS_AES_256_GCM_SHA384}
     */
    public String cipherSuite() {
        return details.cipherSuite();
    }

    /**
     * Returns the group in which the two sides exchanged their keys (RFC 8446, 4.2.7). It is read from the messages on the wire, so it does
     * not depend on the engine.
     *
     * @return its name in the IANA registry, such as {@code x25519} or {@code X25519MLKEM768}, or its number, such as {@code 0x11EC}, if it
     *     is not a usual one; empty if keys were exchanged otherwise or not at all, as in a resumed session of TLS 1.2, or if the messages
     *     were not seen
     */
    public Optional<String> group() {
        return details.group();
    }

    /**
     * Returns the application protocol negotiated by ALPN (RFC 7301).
     *
     * @return its name; empty if none was negotiated
     */
    public Optional<String> applicationProtocol() {
        return details.applicationProtocol();
    }

    /**
     * Returns the server name that the client requested (SNI, RFC 6066).
     *
     * @return the host name; empty if none was requested
     */
    public Optional<String> requestedServerName() {
        return details.requestedServerName();
    }

    /**
     * Returns the certificates with which the peer authenticated itself.
     *
     * @return an unmodifiable list, leaf first; empty if the peer sent none
     */
    public List<X509Certificate> peerCertificates() {
        return details.peerCertificates();
    }

    /**
     * Returns the certificates that this side sent.
     *
     * @return an unmodifiable list, leaf first; empty if none was sent
     */
    public List<X509Certificate> localCertificates() {
        return details.localCertificates();
    }

    /**
     * Returns the identity in the peer's certificate.
     *
     * @return the subject of the peer's leaf certificate; empty if the peer sent none
     */
    public Optional<Principal> peerPrincipal() {
        return details.peerPrincipal();
    }

    /**
     * Returns how the verification of the peer's certificate ended.
     *
     * @return the result and its reason
     */
    public PeerVerdict verification() {
        if (details.note().orElse(null) instanceof PeerVerdict verdict) {
            return verdict;
        }
        if (!details.peerCertificates().isEmpty()) {
            return new PeerVerdict(
                    Result.ACCEPTED_BY_ENGINE,
                    "the engine accepted the certificate, in an earlier handshake or by trust that is not configured here");
        }
        return details.peerAsked()
                ? new PeerVerdict(Result.NOT_SENT, "the peer was asked for a certificate and sent none")
                : new PeerVerdict(Result.NOT_ASKED, "the peer was not asked for a certificate");
    }

    /**
     * Returns the rule of {@code client-auth.allow} that admits the client, and the name that it matches. It is known for resumed sessions
     * too.
     *
     * @return the rule and the name; empty on the client side, and if the context has no rules
     */
    public Optional<AllowedCaller> caller() {
        return details.caller().map(AllowedCaller.class::cast);
    }

    /**
     * Returns the session's identifier. In TLS 1.3 it has no meaning on the wire.
     *
     * @return hexadecimal digits; empty if the engine assigns no identifier
     */
    public String sessionId() {
        return details.sessionId();
    }

    /**
     * Returns when the session was established.
     *
     * @return the time of the full handshake, which precedes this connection if the session was resumed
     */
    public Instant sessionCreated() {
        return details.sessionCreated();
    }

    /**
     * Returns the generation of the named context that this connection uses: how many loads of the context had succeeded when the connection
     * began. A reload does not change it.
     *
     * @return 1 for the first; 0 if the stream's context is not a named one
     */
    public long generation() {
        return generation;
    }

    /**
     * Returns whether this connection resumed the session of an earlier one, so that its handshake exchanged no certificates. It is read
     * from the server's messages on the wire (RFC 8446, 2.2; RFC 5246, 7.3; RFC 5077, 3.1), so it does not depend on the engine.
     *
     * @return true after an abbreviated handshake, false after a full one
     */
    public boolean resumed() {
        return details.resumed();
    }

    /**
     * Returns a channel binding, by which a protocol above TLS proves that it ends where TLS ends, as SCRAM-SHA-256-PLUS does. There are two
     * types:
     *
     * <ul>
     *   <li>{@code tls-server-end-point} (RFC 5929, 4): the digest of the server's certificate. Every engine has it.
     *   <li>{@code tls-exporter} (RFC 9266): keying material of the session. {@link #exportKeyingMaterial} says which engines have it.
     * </ul>
     *
     * @param type the name of the type
     * @return the binding, which is the same on both sides; empty if the engine cannot tell, if no certificate of the server is known, or if
     *     its signature has no digest of its own, as Ed25519, for which RFC 5929 defines no binding
     * @throws IllegalArgumentException if there is no such type
     * @throws IllegalStateException if the engine exports no keys of this session
     */
    public Optional<byte[]> channelBinding(String type) {
        return switch (type) {
            case ChannelBinding.SERVER_END_POINT -> serverCertificate().flatMap(ChannelBinding::of);
            case ChannelBinding.EXPORTER ->
                exportKeyingMaterial(ChannelBinding.EXPORTER_LABEL, new byte[0], ChannelBinding.EXPORTER_LENGTH);
            default ->
                throw new IllegalArgumentException("there is no channel binding '" + type + "'. Use "
                        + ChannelBinding.SERVER_END_POINT + " or " + ChannelBinding.EXPORTER);
        };
    }

    private Optional<X509Certificate> serverCertificate() {
        return (details.isClient() ? details.peerCertificates() : details.localCertificates())
                .stream().findFirst();
    }

    /**
     * Exports keying material of the session, which both sides can compute and nobody else (RFC 5705; RFC 8446, 7.5). The JDK's engine can
     * do this since JDK 25. Other engines cannot, or not from here.
     *
     * @param label the label of the protocol that uses the keys, such as {@code EXPORTER-Channel-Binding}
     * @param context the context of the protocol; in TLS 1.2, an empty context differs from none
     * @param length the number of bytes, at least 1
     * @return the keying material; empty if the engine cannot export any
     * @throws IllegalArgumentException if the length is less than 1
     * @throws IllegalStateException if the engine can export, but not from this session, such as one of TLS 1.2 without the extended master
     *     secret (RFC 7627)
     */
    public Optional<byte[]> exportKeyingMaterial(String label, byte @Nullable [] context, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("the length is " + length + ". Ask for at least 1 byte");
        }
        if (details.exporter().isEmpty()) {
            return Optional.empty();
        }
        try {
            return details.exporter().get().export(label, context == null ? null : context.clone(), length);
        } catch (SSLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Returns the local address of the connection.
     *
     * @return the address and port
     */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * Returns the remote address of the connection. Behind a balancer, this is the client's address if the balancer sent it.
     *
     * @return the address and port
     */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /**
     * Returns the provider of the engine.
     *
     * @return the provider's name, such as {@code SunJSSE} or {@code BoringSSL}
     */
    public String engineProvider() {
        return details.engineProvider();
    }

    @Override
    public String toString() {
        return protocol() + " " + cipherSuite();
    }
}
