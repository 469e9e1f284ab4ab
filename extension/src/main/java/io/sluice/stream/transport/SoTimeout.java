package io.sluice.stream.transport;

import java.net.Socket;
import java.net.SocketException;

/** A socket's SO_TIMEOUT, set only when it changes. Used under the read lock. */
final class SoTimeout {
    private final Socket socket;
    private int current = -1;

    SoTimeout(Socket socket) {
        this.socket = socket;
    }

    void set(int millis) throws SocketException {
        if (millis != current) {
            socket.setSoTimeout(millis);
            current = millis;
        }
    }
}
