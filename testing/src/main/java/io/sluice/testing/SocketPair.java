package io.sluice.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/**
 * Two connected sockets on the loopback. Closing the pair closes both.
 *
 * @param near the accepted one, for what is tested
 * @param far the connecting one, for its peer
 */
public record SocketPair(Socket near, Socket far) implements Closeable {
    @Override
    public void close() throws IOException {
        try (near;
                far) {
            // Closing is all.
        }
    }
}
