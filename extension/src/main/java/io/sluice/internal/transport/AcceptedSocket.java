package io.sluice.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;

/**
 * A socket that a server accepts, and that knows whether its peer has sent a byte. This distinguishes a check that connects and leaves
 * from a client that failed. Thread-safe as every socket is.
 */
public final class AcceptedSocket extends Socket {

    private volatile boolean heard;
    private volatile boolean left;

    /**
     * A socket without a connection, for {@code ServerSocket.implAccept} to give it one.
     *
     * @throws SocketException never
     */
    public AcceptedSocket() throws SocketException {
        super((SocketImpl) null);
    }

    /**
     * Whether the peer has ended or reset the connection without sending a byte. It is known as soon as a read or a write has met that
     * end.
     *
     * @return true if nothing was read and the peer is gone
     */
    public boolean leftWithoutAByte() {
        return left && !heard;
    }

    /** Forgets the bytes read so far: they were those of a balancer, and the client's are still to come. */
    public void forgetBytes() {
        heard = false;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(super.getOutputStream());
    }

    private void note(int read) {
        if (read > 0) {
            if (!heard) {
                heard = true;
            }
        } else if (read < 0) {
            left = true;
        }
    }

    private IOException noted(IOException e) {
        if (!(e instanceof SocketTimeoutException) && !isClosed()) {
            left = true;
        }
        return e;
    }

    private final class Input extends InputStream {

        private final InputStream in;

        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            try {
                int n = in.read(b, off, len);
                note(n);
                return n;
            } catch (IOException e) {
                throw noted(e);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private final class Output extends OutputStream {

        private final OutputStream out;

        Output(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            try {
                out.write(b, off, len);
            } catch (IOException e) {
                throw noted(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
