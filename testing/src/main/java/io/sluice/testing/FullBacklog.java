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

/** An address that answers nobody: it listens, accepts nothing, and its queue is full, so that the system drops who comes. */
public final class FullBacklog implements Closeable {

    private static final int MOST = 64;

    private final ServerSocket listening;
    private final List<Socket> waiting = new ArrayList<>();

    private FullBacklog(ServerSocket listening) {
        this.listening = listening;
    }

    /** One at an address of this machine, and any port. */
    public static FullBacklog at(String address) throws IOException {
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

    /** Its port. */
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
