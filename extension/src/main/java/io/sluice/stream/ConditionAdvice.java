package io.sluice.stream;

import io.sluice.internal.Internal;
import io.sluice.stream.SocketStreamException.Kind;

/**
 * The advice for each kind of condition.
 *
 * @hidden
 */
@Internal
public final class ConditionAdvice {

    private ConditionAdvice() {}

    /**
     * Gives the advice.
     *
     * @param kind the kind of a condition
     * @return what to do; empty if the message says everything
     */
    public static String of(Kind kind) {
        return switch (kind) {
            case CLOSED -> "Do not use a stream after it was closed or has failed";
            case PEER_CLOSED, REJECTED_BY_PEER -> "Read the peer's log for the reason";
            case TRUNCATED -> "Do not treat the data as complete, unless the application's protocol says where it ends";
            case CONNECT_TIMEOUT -> "Check the address and the network, or set a longer connectTimeout";
            case CONNECT_FAILED -> "Check the address, and that the service listens there";
            case HANDSHAKE_TIMEOUT ->
                "Check that the peer speaks TLS on this port. If it is slow, set a longer handshake-timeout";
            case READ_TIMEOUT -> "Read again, or close the stream";
            case READ_DEADLINE -> "Close the stream, or set a later readDeadline and read again";
            case LINE_TOO_LONG -> "Close the stream, or read with a larger limit";
            case FRAME_TOO_LONG -> "If the peer may send such frames, set a larger max-frame";
            case FRAME_INVALID -> "Check that the peer speaks this protocol, and compare the frames of both sides";
            case FRAME_TIMEOUT -> "Check why the peer stops within a frame. If it is slow, set a longer frame-timeout";
            case IDLE_TIMEOUT -> "If the peer may be silent for longer, set a longer idle-timeout";
            case POOL_TIMEOUT ->
                "Check whether the server answers slowly, and that each connection is returned. Otherwise set a larger"
                        + " max-size or a longer max-wait";
            case WRITE_TIMEOUT -> "The connection has been ended. Check why the peer does not read";
            case CLOSE_TIMEOUT -> "Check that both sides detach TLS at the same point, or set a longer close-timeout";
            case PROXY_HEADER_INVALID ->
                "Configure the balancer to send the header (haproxy: send-proxy or send-proxy-v2) in the version that"
                        + " proxy-protocol accepts, or remove proxy-protocol from this port";
            case PROXY_NOT_TRUSTED ->
                "If the address is a balancer's, add it to trusted-proxies. All other peers must connect through a balancer";
            case NOT_TLS ->
                "Configure the peer to use TLS on this port, or create a plaintext stream with the context 'none'";
            case VERSION_OR_CIPHER_MISMATCH ->
                "Compare protocols and cipher-suites of both sides. Check that the server has a key that fits, and whether"
                        + " it requires a client certificate";
            case ALPN_MISMATCH -> "Configure a common protocol in alpn, or omit it on one side";
            case SERVER_NAME_REFUSED ->
                "Correct the name that the client sends, or add a certificate with that name to the context";
            case CERTIFICATE_EXPIRED, CERTIFICATE_REVOKED -> "The peer needs a new certificate";
            case CERTIFICATE_NOT_YET_VALID -> "Check the clocks of both sides and the certificate's dates";
            case CERTIFICATE_UNKNOWN_ISSUER -> "If you trust the peer, add its authority to the context's trust-store";
            case CERTIFICATE_WRONG_HOST -> "Connect with a name that the certificate contains, or set serverName";
            case CERTIFICATE_WRONG_USAGE ->
                "The peer needs a certificate whose extended key usage allows its side (serverAuth or clientAuth)";
            case CERTIFICATE_NOT_ALLOWED -> "If this client may connect, add one of its names to the rules";
            case CERTIFICATE_INVALID -> "The cause says why verification failed";
            case CLIENT_CERTIFICATE_MISSING ->
                "Configure the client with a certificate of an authority that this side trusts";
            case PROTOCOL_VIOLATION -> "The peer is faulty or hostile. The connection has been ended";
            case SOCKET_UNUSABLE -> "Pass a connected, blocking TCP socket whose input and output are open";
            case INTERRUPTED -> "To stop a stream, close it";
            case TLS, CONTEXT_UNUSABLE, APPLICATION, IO -> "";
        };
    }
}
