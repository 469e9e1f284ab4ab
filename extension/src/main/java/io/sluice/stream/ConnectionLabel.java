package io.sluice.stream;

import java.net.InetSocketAddress;

/**
 * The context and the peer of a connection, which every condition names.
 *
 * @param context the context's description, such as {@code context 'web'}
 * @param peer the remote address
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
