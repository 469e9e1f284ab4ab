package io.sluice.stream;

import java.net.InetSocketAddress;

/**
 * What every condition of a connection states: which context, which peer.
 *
 * @param context the context's description, {@code context "web"} say
 * @param peer the other side
 */
record ConnectionLabel(String context, InetSocketAddress peer) {
    @Override
    public String toString() {
        return context + ", peer " + peerText();
    }

    String peerText() {
        return text(peer);
    }

    static String text(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}
