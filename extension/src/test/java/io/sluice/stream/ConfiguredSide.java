package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.transport.RawSocket;
import java.net.Socket;

/** One side of a connection of a configured context. */
final class ConfiguredSide {

    private ConfiguredSide() {}

    /** Completes a handshake, exchanges a byte each way with the same method on the other side, and closes. */
    static TlsSession talk(Socket socket, ReloadableContext context, SslSide side) throws Exception {
        RawSocket raw = RawSocket.take(socket);
        ConnectionPlan plan = new ConnectionPlan(context, Initargs.of(Initarg.serverName("localhost")), side);
        ConnectionLabel label = plan.label(raw);
        StreamConnection connection = new StreamConnection(plan.transport(raw, label), label, Upgrades.none());
        try {
            connection.handshake();
            connection.output().write(7);
            assertThat(connection.input().read()).isEqualTo(7);
            return connection.tls().orElseThrow();
        } finally {
            connection.close();
        }
    }
}
