package io.sluice.internal.transport;

import io.sluice.internal.tls.HandshakeEvidence;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Learns when the handshake of a transport begins and completes, on the thread that does the handshake and before anything else is read or
 * written. It must neither wait nor throw. The condition of a failure reaches whoever asked for the handshake, after {@link #failed}.
 */
public interface HandshakeListener {

    /** The handshake is about to begin, or to continue after a timeout. */
    void begun();

    /** {@return whether the client's first message is needed during the handshake} */
    boolean wantsHello();

    /**
     * The handshake is complete.
     *
     * @param hello the client's first message; null if it was not wanted
     */
    void completed(@Nullable ByteBuffer hello);

    /**
     * The handshake has failed, and its condition follows.
     *
     * @param evidence looks at the engine; for this call only. Gives null if the engine cannot tell
     */
    void failed(Supplier<@Nullable HandshakeEvidence> evidence);
}
