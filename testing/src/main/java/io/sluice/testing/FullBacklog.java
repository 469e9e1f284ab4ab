package io.sluice.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port to which no connection can be made: it listens, accepts nothing, and its backlog is full. The system drops further
 * attempts to connect, so that they time out. This needs Linux; other systems refuse such attempts.
 *
 * <p>The caller closes it.
 */
public final class FullBacklog implements Closeable {

    private static final int MOST = 64;

    private final ServerSocket listening;
    private final List<Socket> waiting = new ArrayList<>();

    private FullBacklog(ServerSocket listening) {
        this.listening = listening;
    }

    /**
     * Opens a free port and fills its backlog, which takes at least 200 milliseconds.
     *
     * @param address a local address, such as {@code 127.0.0.1}
     * @return the port with its full backlog
     * @throws IOException if the address is not local, or the backlog does not fill up
     */
    public static FullBacklog open(String address) throws IOException {
        ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName(address));
        FullBacklog full = new FullBacklog(listening);
        try {
            while (full.waiting.size() < MOST) {
                Socket socket = new Socket();
                full.waiting.add(socket);
                socket.connect(new InetSocketAddress(address, listening.getLocalPort()), 200);
            }
        } catch (SocketTimeoutException e) {
            return full;
        }
        full.close();
        throw new IOException("the system queues more than " + MOST + " connections");
    }

    /** {@return the port} */
    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        listening.close();
    }
}
