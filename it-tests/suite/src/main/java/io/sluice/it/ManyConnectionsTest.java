package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Protocol;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.testing.StallingSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many TLS connections at the same time. The benchmarks measure their cost. */
class ManyConnectionsTest {

    private static final int CONNECTIONS = 300;

    @ApplicationScoped
    public static class Echo {
        @SocketEndpoint(value = "tls13", port = 0, address = "127.0.0.1")
        void echo(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }
    }

    private record Client(StallingSocket raw, Socket tls) {

        static Client connect(SocketServer server) throws IOException {
            StallingSocket raw = new StallingSocket(server.address().getPort());
            raw.setSoTimeout(20_000);
            return new Client(raw, Protocol.TLS13.client(raw));
        }

        void sendHalf(byte[] bytes) throws IOException {
            raw.stallNextWrite();
            tls.getOutputStream().write(bytes);
        }

        byte[] answer(int length) throws IOException {
            return tls.getInputStream().readNBytes(length);
        }
    }

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }

    @Test
    void eachWithHalfARecordWaitingAllEchoInTheEnd() throws Exception {
        List<Client> clients = new ArrayList<>();
        try (Application application =
                Application.configured().beans(Contexts.class, Echo.class).start()) {
            SocketServer server =
                    application.get(SocketServers.class).named("tls13").orElseThrow();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(Client.connect(server));
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() == CONNECTIONS);
            for (int length : new int[] {1, 900, 16_000}) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    clients.get(i).sendHalf(bytes(length, i));
                }
                for (int i = CONNECTIONS - 1; i >= 0; i--) {
                    clients.get(i).raw().sendRest();
                    assertThat(clients.get(i).answer(length)).isEqualTo(bytes(length, i));
                }
            }
            for (Client client : clients) {
                client.tls().close();
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() == 0);
        } finally {
            for (Client client : clients) {
                client.raw().close();
            }
        }
    }
}
