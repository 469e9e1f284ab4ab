package io.sluice.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connected socket that counts how often it is written to and closed. It passes everything on to another socket.
 *
 * <p>It owns that socket: {@link #close} closes it. Threads may share the counts, and the socket as far as the other one
 * allows. Only what is overridden here is passed on; options that are not have no effect.
 */
public final class CountingSocket extends Socket {
    private final Socket socket;
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    /**
     * Starts to count at zero.
     *
     * @param socket a connected socket, which is not used directly from now on
     */
    public CountingSocket(Socket socket) {
        this.socket = socket;
    }

    /** {@return the number of writes to the output stream, each of which is a system call} */
    public int writeCount() {
        return writes.get();
    }

    /** {@return the number of calls of {@link #close}} */
    public int closeCount() {
        return closes.get();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(int b) throws IOException {
                writes.incrementAndGet();
                out.write(b);
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                writes.incrementAndGet();
                out.write(b, off, len);
            }
        };
    }

    @Override
    public synchronized void close() throws IOException {
        closes.incrementAndGet();
        socket.close();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return socket.getInputStream();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public synchronized void setSoTimeout(int timeout) throws SocketException {
        socket.setSoTimeout(timeout);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }
}
