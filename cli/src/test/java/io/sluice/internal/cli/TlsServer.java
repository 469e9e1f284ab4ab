package io.sluice.internal.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server of plain JSSE, one connection at a time, which answers nothing. */
final class TlsServer implements Closeable {

    private final SSLServerSocket listener;

    private TlsServer(SSLServerSocket listener) {
        this.listener = listener;
    }

    static TlsServer start(SSLContext context, Consumer<SSLServerSocket> settings) throws IOException {
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        settings.accept(listener);
        TlsServer server = new TlsServer(listener);
        Thread thread = new Thread(server::serve, "TLS server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.startHandshake();
                socket.getInputStream().read();
            } catch (IOException e) {
                // The client has left, or was refused.
            }
        }
    }

    String address() {
        return "localhost:" + listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
