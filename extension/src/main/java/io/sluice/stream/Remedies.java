package io.sluice.stream;

import io.sluice.stream.SocketStreamException.Kind;

/** What to do about a kind of condition. */
final class Remedies {

    private Remedies() {}

    static String of(Kind kind) {
        return switch (kind) {
            case CLOSED -> "Do not use a stream after closing it";
            case PEER_CLOSED -> "See the peer's log for why it ended the connection";
            case TRUNCATED ->
                "Do not trust what was read to be whole, unless the application's protocol says where it ends";
            case CONNECT_TIMEOUT -> "Check the address and the way there, or give a longer connectTimeout";
            case CONNECT_FAILED -> "Check that the service listens there";
            case HANDSHAKE_TIMEOUT ->
                "Check that the peer speaks TLS and is not overloaded, or give a longer handshake-timeout";
            case READ_TIMEOUT -> "Read again, or close the stream";
            case READ_DEADLINE -> "Close the stream, or set a later readDeadline and read again";
            case LINE_TOO_LONG -> "Close the stream, or read on with a larger limit";
            case WRITE_TIMEOUT -> "The peer does not read; the connection was ended";
            case CLOSE_TIMEOUT -> "See whether the peer ends TLS at the same point, or give a longer close-timeout";
            case PROXY_HEADER_INVALID ->
                "Let the balancer send the header (haproxy: send-proxy or send-proxy-v2) and compare proxy-protocol, or take"
                        + " proxy-protocol off this port";
            case PROXY_NOT_TRUSTED ->
                "Add the address to those trusted if it is a balancer's; everybody else must come through one";
            case NOT_TLS -> "Let the peer use TLS on this port, or make a plain stream of it with the context \"none\"";
            case VERSION_OR_CIPHER_MISMATCH ->
                "Compare protocols and cipher-suites of both sides, and see whether the server has a key that fits, or wants"
                        + " a client certificate";
            case ALPN_MISMATCH -> "Configure alpn on both sides with a protocol in common, or omit it on one side";
            case CERTIFICATE_EXPIRED -> "The peer needs a new certificate";
            case CERTIFICATE_NOT_YET_VALID -> "Check the clocks of both sides and the certificate's dates";
            case CERTIFICATE_UNKNOWN_ISSUER -> "Add the peer's CA to the context's trust-store, if it is to be trusted";
            case CERTIFICATE_WRONG_HOST -> "Connect by a name that the certificate has, or name it with serverName";
            case CERTIFICATE_REVOKED -> "The peer needs a new certificate";
            case CERTIFICATE_WRONG_USAGE -> "The peer needs a certificate whose extended key usage fits its side";
            case CERTIFICATE_INVALID -> "See the cause for what its verification found";
            case CLIENT_CERTIFICATE_MISSING -> "Give the client a certificate of an issuer that this side trusts";
            case REJECTED_BY_PEER -> "See the peer's log for why it sent the alert";
            case PROTOCOL_VIOLATION -> "The peer is broken or hostile; the connection was ended";
            case SOCKET_UNUSABLE -> "Give a connected socket in blocking mode with neither side shut";
            case TLS, CONTEXT_UNUSABLE, INTERRUPTED, APPLICATION, IO -> "";
        };
    }
}
