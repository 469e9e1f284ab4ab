package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.Principal;

/** Tells its client who that is, and how they speak: by a context that demands a certificate, and by one that asks for it. */
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
