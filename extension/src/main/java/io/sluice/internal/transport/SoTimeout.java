package io.sluice.internal.transport;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A socket's SO_TIMEOUT, set only when it changes. An application that still holds the socket may change it as well: a wait that ends
 * too early is made again. Used under the read lock.
 */
final class SoTimeout {
    private final Socket socket;
    private int current = -1;

    SoTimeout(Socket socket) {
        this.socket = socket;
    }

    /** After a timeout: returns for another read, with the time that is left, if the timeout was not set here. */
    void renew(int millis, long start, SocketTimeoutException timeout) throws IOException {
        long left = millis == 0 ? 0 : millis - (System.nanoTime() - start) / 1_000_000;
        if (millis != 0 && left <= 0) {
            throw timeout;
        }
        current = -1;
        set((int) left);
    }

    void set(int millis) throws SocketException {
        if (millis != current) {
            socket.setSoTimeout(millis);
            current = millis;
        }
    }
}
