package io.sluice.stream.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a balancer said of a connection before its first byte (the PROXY protocol of haproxy, versions 1 and 2). Immutable.
 *
 * @param version 1 or 2
 * @param local whether the balancer speaks for itself, as its health checks do: there is no client
 * @param source the client; empty where the balancer does not know it, and where it speaks for itself
 * @param destination where the client connected to; empty together with the source
 * @param tlvs what else version 2 says, in its order
 */
public record ProxyHeader(
        int version,
        boolean local,
        Optional<SocketAddress> source,
        Optional<SocketAddress> destination,
        List<ProxyTlv> tlvs) {

    /**
     * Copies the TLVs.
     *
     * @param version 1 or 2
     * @param local whether the balancer speaks for itself
     * @param source the client
     * @param destination where it connected to
     * @param tlvs what else was said
     */
    public ProxyHeader {
        tlvs = List.copyOf(tlvs);
    }

    /**
     * A header that gives no addresses.
     *
     * @param version the version of the protocol
     * @param local whether the balancer connected on its own behalf
     * @param tlvs what else was said
     * @return the header
     */
    public static ProxyHeader withoutAddresses(int version, boolean local, List<ProxyTlv> tlvs) {
        return new ProxyHeader(version, local, Optional.empty(), Optional.empty(), tlvs);
    }

    /**
     * The client where it is known by an IP address.
     *
     * @return the source, unless there is none or it is a UNIX socket
     */
    public Optional<InetSocketAddress> client() {
        return source.filter(InetSocketAddress.class::isInstance).map(InetSocketAddress.class::cast);
    }

    /**
     * The first TLV of a type.
     *
     * @param type 0 to 255: see {@link ProxyTlv}
     * @return the TLV
     */
    public Optional<ProxyTlv> tlv(int type) {
        return tlvs.stream().filter(tlv -> tlv.type() == type).findFirst();
    }
}
