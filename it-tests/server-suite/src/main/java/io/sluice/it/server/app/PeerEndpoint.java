package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.Principal;

/**
 * Sends its client the client's name and the protocol, with a context that requires a certificate and with one that
 * requests it.
 */
@ApplicationScoped
public class PeerEndpoint {

    @SocketEndpoint(value = "mutual", port = 0, address = "127.0.0.1", ssl = "mutual")
    void demands(SocketStream stream) throws IOException {
        tell(stream);
    }

    @SocketEndpoint(value = "asking", port = 0, address = "127.0.0.1", ssl = "asking")
    void asks(SocketStream stream) throws IOException {
        tell(stream);
    }

    private static void tell(SocketStream stream) throws IOException {
        TlsSession tls = stream.tls().orElseThrow();
        stream.writer()
                .write(tls.peerPrincipal().map(Principal::getName).orElse("nobody") + " " + tls.protocol() + " "
                        + tls.cipherSuite());
        stream.writer().flush();
    }
}
