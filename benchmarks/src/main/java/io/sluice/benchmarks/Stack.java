package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** What is compared. */
enum Stack {
    /** An SSLSocket, written by hand: what the others are measured against. */
    SSLSOCKET("SSLSocket"),
    /** The same in another process: how far two runs of one thing differ. */
    SSLSOCKET_AGAIN("SSLSocket again"),
    /** An injected creator; the sockets come from a ServerSocket. */
    SLUICE("Sluice"),
    /** An injected creator; the sockets come from a ServerSocketChannel. */
    SLUICE_CHANNEL("Sluice, channel");

    private final String label;

    Stack(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Ready to serve, with the key of a PKCS12 store. */
    Service service(Path store) throws IOException, GeneralSecurityException {
        return switch (this) {
            case SSLSOCKET, SSLSOCKET_AGAIN -> Service.sslSocket(StoredKey.context(store));
            case SLUICE, SLUICE_CHANNEL ->
                Service.created(WeldApplication.start(StoredKey.properties(store), WeldApplication.Web.class)
                        .select(WeldApplication.Web.class)
                        .get()
                        .creator());
        };
    }

    Listener listener() throws IOException {
        return this == SLUICE_CHANNEL ? Listener.channels() : Listener.sockets();
    }
}
