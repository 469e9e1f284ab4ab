package io.sluice.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.testing.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;

/** A connection in memory, both of whose sides are cores. */
final class ModelledConnection {
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final byte[] PLAINTEXT = "220 plaintext again\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 4096;

    /**
     * What the two sides are.
     *
     * @param client the engine of the client
     * @param server the engine of the server
     * @param protocol the only version
     * @param demanding whether the server requires a certificate
     * @param direct whether the buffers are outside the heap
     */
    record Setup(EngineKind client, EngineKind server, String protocol, boolean demanding, boolean direct) {}

    private final Setup setup;
    private final IntSupplier pieces;
    private final Transit up = new Transit();
    private final Transit down = new Transit();
    private final Endpoint client;
    private final Endpoint server;

    ModelledConnection(Setup setup, List<Integer> pieces) {
        this.setup = setup;
        int[] next = {0};
        this.pieces = () -> pieces.get(next[0]++ % pieces.size());
        this.client = new Endpoint(setup.client, setup.protocol, clientSide(), 7);
        this.server = new Endpoint(setup.server, setup.protocol, serverSide(), 100);
        client.meet(server);
    }

    private Side clientSide() {
        var engine = setup.client.engine(CERTIFICATE, setup.protocol, Role.CLIENT);
        return new Side(setup.client.adapter(engine), PeerReview.NONE, setup.direct, down, up, pieces);
    }

    private Side serverSide() {
        Role role = setup.demanding ? Role.DEMANDING_SERVER : Role.SERVER;
        var engine = setup.server.engine(CERTIFICATE, setup.protocol, role);
        return new Side(setup.server.adapter(engine), PeerReview.NONE, setup.direct, up, down, pieces);
    }

    Endpoint end(boolean isClient) {
        return isClient ? client : server;
    }

    void handshake() throws TransportException {
        boolean ours = false;
        boolean theirs = false;
        for (int i = 0; !(ours && theirs); i++) {
            ours = ours || client.side().handshake();
            theirs = theirs || server.side().handshake();
            assertThat(i).as("flights").isLessThan(10);
        }
        TlsDetails agreed = client.side().details();
        TlsDetails same = server.side().details();
        assertThat(agreed.protocol()).isEqualTo(setup.protocol).isEqualTo(same.protocol());
        assertThat(agreed.cipherSuite()).isEqualTo(same.cipherSuite());
        assertThat(agreed.group()).isNotEmpty().isEqualTo(same.group());
        assertThat(agreed.resumed()).isFalse();
        assertThat(same.resumed()).isFalse();
        assertThat(same.peerCertificates()).hasSize(setup.demanding ? 1 : 0);
    }

    /** Both sides end TLS, exchange plaintext, and begin anew on the same stream. Part of it arrives before TLS has ended. */
    void renew() throws TransportException {
        if (!client.canRenew() || !server.canRenew()) {
            return;
        }
        server.close();
        client.close();
        down.inject(PLAINTEXT);
        up.inject(PLAINTEXT);
        endTls(client);
        Side next = clientSide();
        assertThat(next.handshake()).as("complete after the hello").isFalse();
        endTls(server);
        client.renew(next);
        server.renew(serverSide());
        handshake();
    }

    private static void endTls(Endpoint end) throws TransportException {
        end.readAll(CHUNK);
        assertThat(end.sawEnd()).as("the end of TLS").isTrue();
        end.check();
        Transit incoming = end.side().incoming();
        incoming.putBack(end.side().unprocessed());
        assertThat(incoming.take(PLAINTEXT.length)).isEqualTo(PLAINTEXT);
    }

    void check() {
        client.check();
        server.check();
    }

    /** Reads what is left, and closes both sides. */
    void finish() throws TransportException {
        for (Endpoint end : List.of(client, server)) {
            end.readAll(CHUNK);
            end.close();
        }
        for (Endpoint end : List.of(client, server)) {
            end.readAll(CHUNK);
            assertThat(end.sawEnd() || end.failed()).as("an end of %s", end).isTrue();
            if (end.sawEnd()) {
                assertThat(end.side().unprocessed()).isEmpty();
            }
        }
        check();
    }

    void release() {
        client.side().release();
        server.side().release();
    }
}
