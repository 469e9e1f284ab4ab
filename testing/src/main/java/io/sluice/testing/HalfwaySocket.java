package io.sluice.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A client's socket that can keep the second half of what is written to it. */
public final class HalfwaySocket extends Socket {

    private boolean halving;
    private byte @Nullable [] kept;

    /** A connection to a port of loopback. */
    public HalfwaySocket(int port) throws IOException {
        super(InetAddress.getLoopbackAddress(), port);
        setTcpNoDelay(true);
    }

    /** Of the next write only the first half goes out. */
    public void halveNextWrite() {
        halving = true;
    }

    /** Sends the other half. */
    public void sendRest() throws IOException {
        byte[] rest = kept;
        if (rest == null) {
            throw new IOException("nothing is kept back");
        }
        kept = null;
        super.getOutputStream().write(rest);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                int sent = halving ? len / 2 : len;
                out.write(b, off, sent);
                if (halving) {
                    kept = Arrays.copyOfRange(b, off + sent, off + len);
                    halving = false;
                }
            }
        };
    }
}
