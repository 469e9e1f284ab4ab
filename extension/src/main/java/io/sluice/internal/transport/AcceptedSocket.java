package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket that a server accepts, and that records whether its peer has sent a byte. This distinguishes a probe that connects and leaves
 * from a client that failed. Bytes that were read too early can be put back. Thread-safe.
 */
public sealed class AcceptedSocket extends Socket permits AcceptedChannel {

    private volatile boolean received;
    private volatile boolean peerClosed;
    private volatile @Nullable ByteBuffer unread;
    private volatile Duration waited = Duration.ZERO;
    private volatile @Nullable SocketAddress peer;
    private volatile boolean lingers;
    private volatile @Nullable Object attachment;

    /**
     * Creates a socket without a connection, which {@code ServerSocket.implAccept} supplies.
     *
     * @throws SocketException never
     */
    public AcceptedSocket() throws SocketException {
        super((SocketImpl) null);
    }

    /**
     * Returns whether the peer has ended or reset the connection without sending a byte. This is known after a read or a write has
     * detected the end.
     *
     * @return true if nothing was read and the peer has left
     */
    public boolean closedWithoutData() {
        return peerClosed && !received && unread == null;
    }

    /**
     * Tests whether bytes were put back, which the system does not report any more.
     *
     * @return true until they are read
     */
    public boolean hasUnread() {
        return unread != null;
    }

    /** Puts bytes back, so that they are read first. Nobody reads meanwhile. */
    void putBack(ByteBuffer bytes, Duration spent) {
        addWaited(spent);
        received = false;
        unread = bytes.hasRemaining() ? bytes : null;
        try {
            setSoTimeout(0);
        } catch (SocketException e) {
            // Closed by another thread.
        }
    }

    /**
     * Adds time for which the server waited for the client before its handshake. It counts for the handshake.
     *
     * @param spent the time
     */
    public void addWaited(Duration spent) {
        waited = waited.plus(spent);
    }

    /** Returns the time that reading the bytes that were put back took; only the first call does. */
    Duration takeWaited() {
        Duration spent = waited;
        waited = Duration.ZERO;
        return spent;
    }

    /** Ignores the bytes read so far, which a balancer sent before those of the client. */
    public void forgetReceived() {
        received = false;
    }

    /** Attaches what the server knows of this connection, so that the stream over the socket finds it. */
    public void attach(Object known) {
        attachment = known;
    }

    /** Returns what was attached, if anything was. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** The same object for each call. */
    @Override
    public SocketAddress getRemoteSocketAddress() {
        SocketAddress known = peer;
        if (known == null) {
            known = super.getRemoteSocketAddress();
            peer = known;
        }
        return known;
    }

    @Override
    public void setSoLinger(boolean on, int linger) throws SocketException {
        lingers = true;
        super.setSoLinger(on, linger);
    }

    @Override
    public <T> Socket setOption(SocketOption<T> name, T value) throws IOException {
        lingers = lingers || name.equals(StandardSocketOptions.SO_LINGER);
        return super.setOption(name, value);
    }

    /** Each connection asks at its end. The system is asked only if a linger time was set. */
    @Override
    public int getSoLinger() throws SocketException {
        return lingers ? super.getSoLinger() : -1;
    }

    /** The bytes as they arrive, without what was put back. */
    InputStream input() throws IOException {
        return super.getInputStream();
    }

    OutputStream output() throws IOException {
        return super.getOutputStream();
    }

    /** Reads from the channel of this socket, without its stream. */
    int read(SocketChannel channel, ByteBuffer target) throws IOException {
        ByteBuffer first = unread;
        if (first != null && target.hasRemaining()) {
            return readFirst(first, target);
        }
        try {
            int n = channel.read(target);
            onRead(n);
            return n;
        } catch (IOException e) {
            throw onFailure(e);
        }
    }

    /** Writes to the channel of this socket, without its stream. Returns the number of bytes. */
    long write(SocketChannel channel, ByteBuffer... sources) throws IOException {
        try {
            return channel.write(sources);
        } catch (IOException e) {
            throw onFailure(e);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Input(input());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new Output(output());
    }

    private void onRead(int read) {
        if (read > 0) {
            if (!received) {
                received = true;
            }
        } else if (read < 0) {
            peerClosed = true;
        }
    }

    private IOException onFailure(IOException e) {
        if (!(e instanceof SocketTimeoutException) && !isClosed()) {
            peerClosed = true;
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
            ByteBuffer first = unread;
            if (first != null && len > 0) {
                return readFirst(first, ByteBuffer.wrap(b, off, len));
            }
            try {
                int n = in.read(b, off, len);
                onRead(n);
                return n;
            } catch (IOException e) {
                throw onFailure(e);
            }
        }

        @Override
        public long skip(long n) throws IOException {
            ByteBuffer first = unread;
            return first == null ? in.skip(n) : read(new byte[(int) Math.min(n, first.remaining())]);
        }

        @Override
        public int available() throws IOException {
            ByteBuffer first = unread;
            return first == null ? in.available() : first.remaining() + in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private int readFirst(ByteBuffer first, ByteBuffer target) {
        int n = Buffers.move(first, target);
        onRead(n);
        if (!first.hasRemaining()) {
            unread = null;
        }
        return n;
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
                throw onFailure(e);
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
