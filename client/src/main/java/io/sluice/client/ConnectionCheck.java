package io.sluice.client;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/**
 * Tests a connection that has not been used for {@code test-after}, before the next caller gets it. A bean of this type with the qualifier
 * {@link SocketClient} serves the client of that name. It is asked only about connections that are open and whose peer has sent nothing
 * since the last use. Must be thread-safe.
 *
 * @param <S> the stream class of the client; {@link SocketStream} for a {@link MessageClient}
 */
@FunctionalInterface
public interface ConnectionCheck<S extends SocketStream> {

    /**
     * Tests a connection, for example by a request that has no effect. The client's timeouts apply.
     *
     * @param stream the stream
     * @return false if the connection is to be closed and another one used
     * @throws IOException the same as false
     */
    boolean isUsable(S stream) throws IOException;
}
