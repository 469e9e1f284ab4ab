package io.sluice.stream.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The header that a balancer sends before a connection's first byte (the PROXY protocol of haproxy, versions 1 and 2). Immutable.
 * Thread-safe.
 *
 * @param version 1 or 2
 * @param local whether the balancer connected on its own behalf, as its health checks do; there is no client
 * @param source the client's address; empty if the balancer does not know it, or connected on its own behalf
 * @param destination the address that the client connected to; empty if the source is empty
 * @param tlvs the TLVs of version 2, in their order
 */
public record ProxyHeader(
        int version,
        boolean local,
        Optional<SocketAddress> source,
        Optional<SocketAddress> destination,
        List<ProxyTlv> tlvs) {

    /**
     * Creates a header with a copy of the TLVs.
     *
     * @param version 1 or 2
     * @param local whether the balancer connected on its own behalf
     * @param source the client's address
     * @param destination the address that the client connected to
     * @param tlvs the TLVs
     */
    public ProxyHeader {
        tlvs = List.copyOf(tlvs);
    }

    /**
     * Creates a header without addresses.
     *
     * @param version the version of the protocol
     * @param local whether the balancer connected on its own behalf
     * @param tlvs the TLVs
     * @return the header
     */
    public static ProxyHeader withoutAddresses(int version, boolean local, List<ProxyTlv> tlvs) {
        return new ProxyHeader(version, local, Optional.empty(), Optional.empty(), tlvs);
    }

    /**
     * Returns the client's IP address and port, if known.
     *
     * @return the source; empty if there is none, or if it is a UNIX socket
     */
    public Optional<InetSocketAddress> client() {
        return source.filter(InetSocketAddress.class::isInstance).map(InetSocketAddress.class::cast);
    }

    /**
     * Returns the first TLV of a type.
     *
     * @param type 0 to 255: see {@link ProxyTlv}
     * @return the TLV; empty if there is none of this type
     */
    public Optional<ProxyTlv> tlv(int type) {
        return tlvs.stream().filter(tlv -> tlv.type() == type).findFirst();
    }
}
