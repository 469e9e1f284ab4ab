package io.sluice.benchmarks;

import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Serves one accepted connection as a TLS server, and closes it. */
interface Service {

    void serve(Socket socket, Talk talk) throws IOException;

    /** An SSLSocket over the accepted socket, written by hand. */
    static Service sslSocket(SSLContext context) {
        return (socket, talk) -> {
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true)) {
                tls.setUseClientMode(false);
                tls.startHandshake();
                talk.with(tls.getInputStream(), tls.getOutputStream());
            }
        };
    }

    /** A stream that an injected creator makes. */
    static Service created(SocketStreamCreator creator) {
        return (socket, talk) -> {
            try (SocketStream stream =
                    creator.create(socket, SocketStream.class).orElseThrow()) {
                talk.with(stream.input(), stream.output());
            }
        };
    }
}
