package io.sluice.it.support;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** A socket that sends its first write, a ClientHello, and holds all later ones until it is released. */
public final class HeldSocket extends Socket {

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private boolean first = true;

    public HeldSocket(InetSocketAddress server) throws IOException {
        connect(server);
    }

    /** Waits until this side wants to send what follows the server's first flight. */
    public void awaitHeld() throws InterruptedException {
        held.await();
    }

    public void release() {
        released.countDown();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                if (!first) {
                    held.countDown();
                    awaitRelease();
                }
                first = false;
                out.write(b, off, len);
            }
        };
    }

    private void awaitRelease() throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
