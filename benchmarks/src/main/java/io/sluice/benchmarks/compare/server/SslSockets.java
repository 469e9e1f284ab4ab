package io.sluice.benchmarks.compare.server;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SSLSocket over the accepted socket, as one writes it by hand; without TLS, the socket itself. */
final class SslSockets {

    private SslSockets() {}

    static ByHand.Service service(Door door, Path directory) throws IOException, GeneralSecurityException {
        if (!door.tls()) {
            return SslSockets::plain;
        }
        SSLContext context = JsseContexts.of(door, directory);
        return (channel, talk) -> {
            Socket socket = channel.socket();
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true)) {
                tls.setUseClientMode(false);
                tls.setNeedClientAuth(door == Door.MUTUAL);
                tls.startHandshake();
                talk.with(tls.getInputStream(), tls.getOutputStream());
            }
        };
    }

    /** Without TLS. */
    static void plain(SocketChannel channel, Talk talk) throws IOException {
        Socket socket = channel.socket();
        talk.with(socket.getInputStream(), socket.getOutputStream());
    }
}
