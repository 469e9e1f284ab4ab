package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.internal.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Attaches TLS to an open connection, and detaches it. Bytes that the reader fetched in plaintext become the peer's first TLS
 * bytes, so that bytes injected before the handshake are never taken for bytes after it (CVE-2011-0411).
 *
 * @param connection the connection
 */
record StartTls(StreamConnection connection) {

    void attach(ConnectionPlan upgrade) throws SocketStreamException {
        if (!(connection.transport().get() instanceof PlainTransport plain)) {
            throw new IllegalStateException(
                    "attachSsl: TLS is already active. Call detachSsl first (" + connection + ")");
        }
        if (upgrade.context().isPlain()) {
            throw new IllegalArgumentException(
                    "attachSsl: " + upgrade.context().description() + " is plaintext. Pass a TLS context");
        }
        StreamReader reader = connection.knownReader();
        if (reader != null) {
            reader.requireNoHalfCharacter();
        }
        try {
            swap(plain, upgrade);
        } catch (Throwable t) {
            connection.notUpgraded(t);
            connection.transport().get().abort();
            throw t;
        }
        if (upgrade.initargs().get(InitargKey.HANDSHAKE, Handshake.EAGER) == Handshake.EAGER) {
            connection.handshake();
        }
    }

    private void swap(PlainTransport plain, ConnectionPlan upgrade) throws SocketStreamException {
        RawSocket raw = plain.rawSocket();
        Duration limit = upgrade.limits().handshakeTimeout();
        plain.readTimeout(limit);
        ByteBuffer unread = connection.takeReceived();
        ConnectionLabel label = upgrade.label(raw);
        Transport tls = upgrade.transport(raw, label);
        boolean isHandedOver = false;
        try {
            isHandedOver = plain.handOver(unread, limit, () -> connection.replaceTransport(tls, label, upgrade));
        } finally {
            if (!isHandedOver) {
                tls.abort();
            }
        }
        if (!isHandedOver) {
            throw new IllegalStateException("attachSsl: another thread was still reading or writing after "
                    + limit.toMillis() + " ms, so the connection was closed. Attach TLS while no other thread reads or"
                    + " writes (" + label + ")");
        }
        connection.closeIfClosed(tls);
    }

    void detach() throws SocketStreamException {
        if (!(connection.transport().get() instanceof TlsTransport tls)) {
            throw new IllegalStateException("detachSsl: TLS is not active on this connection (" + connection + ")");
        }
        PlainTransport plain = new PlainTransport(
                tls.rawSocket(), connection.initialPlan().limits().closeTimeout());
        ConnectionLabel label =
                new ConnectionLabel(SslContextSpecifier.plain().description(), connection.remoteAddress());
        try {
            tls.detach(() -> connection.replaceTransport(plain, label, connection.initialPlan()));
        } catch (TransportException e) {
            throw connection.observed(e, StreamExceptions.of(e, connection.label()));
        }
        StreamReader reader = connection.knownReader();
        if (reader != null) {
            reader.resume();
        }
        connection.closeIfClosed(plain);
    }
}
