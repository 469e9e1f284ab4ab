package io.sluice.internal.management;

import io.sluice.context.AllowedCaller;
import io.sluice.management.ConnectionInfo;
import io.sluice.server.ConnectionDescription;
import io.sluice.stream.TlsSession;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection in the report. The names of the components are the accessors that JMX requires. */
record ConnectionRow(
        String getPeer,
        String getSince,
        long getBytesReceived,
        long getBytesSent,
        @Nullable String getProtocol,
        @Nullable String getCipherSuite,
        @Nullable String getGroup,
        @Nullable Boolean getResumed,
        @Nullable String getCaller)
        implements ConnectionInfo {

    static ConnectionRow of(ConnectionDescription connection) {
        Optional<TlsSession> tls = connection.tls();
        return new ConnectionRow(
                connection.peer() instanceof InetSocketAddress peer ? ServerRow.text(peer) : "unknown",
                connection.since().toString(),
                connection.bytesReceived(),
                connection.bytesSent(),
                tls.map(TlsSession::protocol).orElse(null),
                tls.map(TlsSession::cipherSuite).orElse(null),
                tls.flatMap(TlsSession::group).orElse(null),
                tls.map(TlsSession::resumed).orElse(null),
                tls.flatMap(ConnectionRow::caller).orElse(null));
    }

    private static Optional<String> caller(TlsSession session) {
        return session.caller()
                .map(AllowedCaller::name)
                .or(() -> session.peerCertificates().stream()
                        .findFirst()
                        .map(certificate ->
                                certificate.getSubjectX500Principal().getName())
                        .filter(subject -> !subject.isEmpty()));
    }
}
