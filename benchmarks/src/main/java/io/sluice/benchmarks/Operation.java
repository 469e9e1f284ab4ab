package io.sluice.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** What a client does again and again; it holds what it needs for that until it is closed. */
interface Operation extends Closeable {

    void once() throws IOException;

    @Override
    default void close() throws IOException {}

    /** Opens a connection, has a message back, closes it. */
    static Operation connections(EchoLoadClient.Connecting connecting) {
        return () -> EchoLoadClient.converse(connecting.connect());
    }

    /** Has a message back on a connection that stays. */
    static Operation roundTrips(EchoLoadClient.Connecting connecting) throws IOException {
        Socket socket = connecting.connect();
        return new Operation() {
            @Override
            public void once() throws IOException {
                EchoLoadClient.roundTrip(socket);
            }

            @Override
            public void close() throws IOException {
                EchoLoadClient.converse(socket);
            }
        };
    }
}
