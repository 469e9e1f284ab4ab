package io.sluice.server;

import io.sluice.internal.transport.AcceptedChannel;
import io.sluice.internal.transport.AcceptedSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The listening socket, bound according to the settings. */
final class Listener {

    private final ServerSettings settings;
    private final ServerSocket socket;
    private final InetSocketAddress address;

    private Listener(ServerSettings settings, ServerSocket socket) {
        this.settings = settings;
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Binds the port. If that fails, nothing is left open.
     *
     * @param channels whether the accepted sockets have channels
     */
    static Listener bind(ServerSettings settings, boolean channels) throws IOException {
        if (settings.address().isUnresolved()) {
            throw new IOException(failure(settings) + ": the address is unknown. Use one of this machine's addresses");
        }
        ServerSocket socket = channels ? ServerSocketChannel.open().socket() : new ListeningSocket();
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
                    failure(settings) + ": " + e.getMessage()
                            + ". Use a free port and one of this machine's addresses, or stop the process that listens"
                            + " there",
                    e);
        } catch (Error e) {
            socket.close();
            throw e;
        }
    }

    private static String failure(ServerSettings settings) {
        InetSocketAddress address = settings.address();
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return "server '" + settings.name() + "' cannot listen on " + host + ", port " + address.getPort();
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    AcceptedSocket accept() throws IOException {
        return socket instanceof ListeningSocket listening ? accept(listening) : accept(socket.getChannel());
    }

    private static AcceptedSocket accept(ServerSocketChannel channel) throws IOException {
        SocketChannel accepted = channel.accept();
        try {
            return new AcceptedChannel(accepted);
        } catch (Throwable t) {
            accepted.close();
            throw t;
        }
    }

    private static AcceptedSocket accept(ListeningSocket socket) throws IOException {
        AcceptedSocket accepted = new AcceptedSocket();
        try {
            socket.accept(accepted);
            return accepted;
        } catch (Throwable t) {
            accepted.close();
            throw t;
        }
    }

    /** Sets the socket's options. They fail if the client has already left; the handler will notice that. */
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
            // The port is free in any case.
        }
    }

    /** Accepts into a given socket. */
    private static final class ListeningSocket extends ServerSocket {

        ListeningSocket() throws IOException {}

        void accept(Socket socket) throws IOException {
            implAccept(socket);
        }
    }
}
