package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.trace.SpanBuilder;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** The attributes of a connection's two ends. */
final class AddressAttributes {

    private AddressAttributes() {}

    /**
     * Sets them.
     *
     * @param span the span to start
     * @param peer the peer
     * @param client whether this side is the client, so that the peer is the server
     * @param local the address of this server; null if it is not known
     */
    static void set(SpanBuilder span, SocketAddress peer, boolean client, @Nullable SocketAddress local) {
        span.setAttribute("network.transport", "tcp");
        if (peer instanceof InetSocketAddress known) {
            setPeer(span, known);
            set(span, client ? "server" : "client", known);
        }
        if (!client && local instanceof InetSocketAddress known) {
            set(span, "server", known);
        }
    }

    private static void setPeer(SpanBuilder span, InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        if (address != null) {
            span.setAttribute("network.type", address instanceof Inet6Address ? "ipv6" : "ipv4");
            span.setAttribute("network.peer.address", address.getHostAddress());
            span.setAttribute("network.peer.port", peer.getPort());
        }
    }

    /** The host name of a connector's peer is known. No name is looked up. */
    private static void set(SpanBuilder span, String side, InetSocketAddress address) {
        span.setAttribute(side + ".address", address.getHostString());
        span.setAttribute(side + ".port", address.getPort());
    }
}
