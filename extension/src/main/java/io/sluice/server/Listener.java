package io.sluice.server;

import io.sluice.internal.transport.AcceptedSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;

/** The socket that listens, bound as the settings say. */
final class Listener {

    private final ServerSettings settings;
    private final Accepting socket;
    private final InetSocketAddress address;

    private Listener(ServerSettings settings, Accepting socket) {
        this.settings = settings;
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Nothing is left open where it cannot be bound. */
    static Listener bind(ServerSettings settings) throws IOException {
        if (settings.address().isUnresolved()) {
            throw new IOException(place(settings) + ": the address is unknown. Name one of this machine's addresses");
        }
        Accepting socket = new Accepting();
        try {
            socket.setReuseAddress(settings.reuseAddress());
            if (settings.reusePort()) {
                socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (settings.receiveBuffer() > 0) {
                socket.setReceiveBufferSize(settings.receiveBuffer());
            }
            socket.bind(settings.address(), settings.backlog());
            return new Listener(settings, socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw new IOException(
                    place(settings) + ": " + e.getMessage()
                            + ". Choose a free port and one of this machine's addresses, or stop what listens there",
                    e);
        } catch (Error e) {
            socket.close();
            throw e;
        }
    }

    private static String place(ServerSettings settings) {
        InetSocketAddress wanted = settings.address();
        String host = wanted.isUnresolved()
                ? wanted.getHostString()
                : wanted.getAddress().getHostAddress();
        return "server \"" + settings.name() + "\" cannot listen on " + host + ", port " + wanted.getPort();
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    AcceptedSocket accept() throws IOException {
        AcceptedSocket accepted = new AcceptedSocket();
        try {
            socket.accept(accepted);
            return accepted;
        } catch (Throwable t) {
            accepted.close();
            throw t;
        }
    }

    /** A client that has gone already makes its options fail: whoever speaks to it will find out. */
    void prepare(Socket accepted) {
        try {
            accepted.setTcpNoDelay(settings.noDelay());
            if (settings.keepAlive()) {
                accepted.setKeepAlive(true);
            }
            if (settings.sendBuffer() > 0) {
                accepted.setSendBufferSize(settings.sendBuffer());
            }
        } catch (SocketException e) {
            return;
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It listens no more.
        }
    }

    /** Says what class the sockets are of. */
    private static final class Accepting extends ServerSocket {

        Accepting() throws IOException {}

        void accept(Socket socket) throws IOException {
            implAccept(socket);
        }
    }
}
