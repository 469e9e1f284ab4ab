package io.sluice.benchmarks;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;

/** A socket without a system call: connected from the start, with nothing to read. What remains is the library's own cost. */
final class MemorySocket extends Socket {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InputStream NOTHING = InputStream.nullInputStream();
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private boolean closed;

    MemorySocket() throws java.net.SocketException {
        super((SocketImpl) null);
    }

    @Override
    public InputStream getInputStream() {
        return NOTHING;
    }

    @Override
    public OutputStream getOutputStream() {
        return NOWHERE;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public boolean isOutputShutdown() {
        return false;
    }

    @Override
    public InetAddress getInetAddress() {
        return LOOPBACK;
    }

    @Override
    public InetAddress getLocalAddress() {
        return LOOPBACK;
    }

    @Override
    public int getPort() {
        return 40_000;
    }

    @Override
    public int getLocalPort() {
        return 6514;
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
