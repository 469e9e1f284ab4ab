package io.sluice.stream;

import io.sluice.internal.Internal;
import io.sluice.internal.tls.Buffers;
import io.sluice.internal.transport.AcceptedChannel;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Readiness;
import io.sluice.internal.transport.Transport;
import io.sluice.internal.transport.TransportBuffers;
import io.sluice.stream.SocketStreamException.Kind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream for a server that serves it without a thread of its own: reads and writes that never wait. The thread that owns the
 * connection at the moment uses it.
 *
 * @hidden
 */
@Internal
public final class Intake {

    private final StreamConnection connection;

    private Intake(StreamConnection connection) {
        this.connection = connection;
    }

    /**
     * Gives access to the bytes of a stream.
     *
     * @param stream a stream over a non-blocking channel of a server
     * @return the access
     */
    public static Intake of(SocketStream stream) {
        return new Intake(stream.connection());
    }

    /** {@return the buffers to receive into} */
    public static Buffers buffers() {
        return TransportBuffers.heap();
    }

    private Transport transport() {
        return connection.transport().get();
    }

    private RawSocket raw() {
        return transport().rawSocket();
    }

    /** {@return whether the channel can be read; null if the socket is not a server's non-blocking one} */
    public @Nullable Readiness readiness() {
        return raw().socket() instanceof AcceptedChannel accepted ? accepted.readiness() : null;
    }

    /**
     * Reads what has arrived.
     *
     * @param target the target, with room for at least a byte
     * @return the number of bytes; 0 if nothing has arrived; -1 at the clean end of the stream
     * @throws SocketStreamException the condition
     */
    public int readNow(ByteBuffer target) throws SocketStreamException {
        return connection.receiveNow(target);
    }

    /** {@return whether bytes have arrived that the socket does not report any more, or a record is incomplete} */
    public boolean holdsBytes() {
        return transport().holdsBytes();
    }

    /** {@return whether the next read does the handshake, for which it waits} */
    public boolean needsHandshake() {
        return transport().needsHandshake();
    }

    /** Gives back the memory that is not needed while the connection waits. */
    public void trim() {
        transport().trim();
    }

    /**
     * Lets the stream read these bytes next.
     *
     * @param unread bytes that were received and not read, in an array that begins with the buffer
     */
    public void hold(ByteBuffer unread) {
        connection.hold(unread);
    }

    /**
     * Takes all bytes that were received and not read, after {@link #hold}.
     *
     * @return the bytes, in the buffer that was held if it was not emptied
     * @throws SocketStreamException if a reader of the stream holds half a character
     */
    public ByteBuffer takeHeld() throws SocketStreamException {
        return connection.takeReceived();
    }

    /**
     * Writes the frame of a reply. What the peer does not take at once is sent later.
     *
     * @param stream the stream, whose own write is called
     * @param frame the bytes
     * @throws SocketStreamException if they cannot be written
     */
    public void reply(SocketStream stream, ByteBuffer... frame) throws SocketStreamException {
        RawSocket raw = raw();
        raw.deferWrites(true);
        try {
            stream.write(frame);
        } finally {
            raw.deferWrites(false);
        }
    }

    /** {@return whether a part of a reply is to be sent later} */
    public boolean hasDeferred() {
        return raw().hasDeferredWrites();
    }

    /**
     * Sends more of a reply.
     *
     * @return false if the peer has not taken all of it
     * @throws SocketStreamException if it cannot be sent
     */
    public boolean flushDeferred() throws SocketStreamException {
        return connection.flushDeferred();
    }

    /**
     * Makes the condition of a peer that breaks a rule of its messages. The stream can then still be closed gracefully.
     *
     * @param kind the kind
     * @param what what the peer has done
     * @param cause the cause, if there is one
     * @return the condition, which names the context and the peer, and says what to do
     */
    public SocketStreamException fault(Kind kind, String what, @Nullable Throwable cause) {
        return connection.readFailed(
                StreamExceptions.of(kind, connection.label().toString(), what, ConditionAdvice.of(kind), cause));
    }
}
