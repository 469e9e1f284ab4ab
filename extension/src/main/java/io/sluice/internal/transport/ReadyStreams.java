package io.sluice.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The streams of a socket with a non-blocking channel: they block as those of any other socket do. */
final class ReadyStreams {

    private ReadyStreams() {}

    /** Reads wait for SO_TIMEOUT. Not thread-safe. */
    static final class Input extends InputStream {

        private final SocketChannel channel;
        private final Readiness readiness;

        Input(SocketChannel channel, Readiness readiness) {
            this.channel = channel;
            this.readiness = readiness;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (len == 0) {
                return 0;
            }
            ByteBuffer target = ByteBuffer.wrap(b, off, len);
            int timeout = channel.socket().getSoTimeout();
            int n = channel.read(target);
            while (n == 0) {
                if (!readiness.awaitReadable(timeout)) {
                    throw new SocketTimeoutException("Read timed out");
                }
                n = channel.read(target);
            }
            return n;
        }

        /** The stream of the socket knows this in either mode. */
        @Override
        public int available() throws IOException {
            return channel.socket().getInputStream().available();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            readiness.closed();
        }
    }

    /** Not thread-safe. */
    static final class Output extends OutputStream {

        private final SocketChannel channel;
        private final Readiness readiness;

        Output(SocketChannel channel, Readiness readiness) {
            this.channel = channel;
            this.readiness = readiness;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] b, int off, int len) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(b, off, len);
            while (source.hasRemaining()) {
                if (channel.write(source) == 0) {
                    readiness.awaitWritable();
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            readiness.closed();
        }
    }
}
