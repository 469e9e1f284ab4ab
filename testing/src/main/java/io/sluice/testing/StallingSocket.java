package io.sluice.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client socket that can stop in the middle of a write, for instance of a TLS record, and continue later.
 *
 * <p>The caller closes it like any socket. {@link #stallNextWrite}, the write and {@link #sendRest} are for one thread at a
 * time.
 */
public final class StallingSocket extends Socket {

    private boolean stalling;
    private byte @Nullable [] rest;

    /**
     * Connects to a port of the loopback interface.
     *
     * @param port the port
     * @throws IOException if nothing listens there
     */
    public StallingSocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setTcpNoDelay(true);
    }

    /** Makes the next write of an array send its first half only. The write itself returns as if it had sent all. */
    public void stallNextWrite() {
        stalling = true;
    }

    /**
     * Sends the second half of the write that stalled.
     *
     * @throws IOException if no write has stalled, or the connection has failed
     */
    public void sendRest() throws IOException {
        byte[] bytes = rest;
        if (bytes == null) {
            throw new IOException("no write has stalled");
        }
        rest = null;
        super.getOutputStream().write(bytes);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                int sent = stalling ? len / 2 : len;
                out.write(b, off, sent);
                if (stalling) {
                    rest = Arrays.copyOfRange(b, off + sent, off + len);
                    stalling = false;
                }
            }
        };
    }
}
