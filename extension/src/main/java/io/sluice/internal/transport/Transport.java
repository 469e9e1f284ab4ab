package io.sluice.internal.transport;

import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A blocking byte stream to a peer, in plaintext or over TLS. One thread may read while another one writes. Any thread may call {@link
 * #close} and {@link #abort}, which release the threads that are blocked. The owner must close the transport.
 */
public abstract sealed class Transport permits PlainTransport, TlsTransport {

    /** Closed with this transport. */
    final RawSocket raw;

    final ReadWait readWait = new ReadWait();

    Transport(RawSocket raw) {
        this.raw = raw;
    }

    /**
     * Reads the available bytes, at least one unless {@code len} is 0.
     *
     * @param b the target
     * @param off the first index to fill
     * @param len the largest number of bytes
     * @return the number of bytes read; -1 at the clean end of the stream
     * @throws TransportException {@link Reason#TIMEOUT} if no data arrived within the read timeout, without loss; {@link
     *     Reason#TRUNCATED} if a TLS connection ended without close_notify; another reason for other failures
     */
    public abstract int read(byte[] b, int off, int len) throws TransportException;

    /**
     * Reads the available bytes into a buffer, at least one unless it is full. If it fails, the buffer is unchanged.
     *
     * @param target the target, with or without an array
     * @return the number of bytes read; -1 at the clean end of the stream
     * @throws TransportException as {@link #read(byte[], int, int)} does
     */
    public abstract int read(ByteBuffer target) throws TransportException;

    /**
     * Reads what has arrived on a non-blocking channel, and never waits.
     *
     * @param target the target, with room for at least a byte
     * @return the number of bytes read; 0 if nothing has arrived, or another thread reads; -1 at the clean end of the stream
     * @throws TransportException as {@link #read(byte[], int, int)} does, but never a timeout
     */
    public abstract int readNow(ByteBuffer target) throws TransportException;

    /**
     * Tests whether bytes have arrived that this transport holds, so that the socket does not report them any more.
     *
     * @return true if {@link #readNow} may have a result although the socket has none
     */
    public abstract boolean holdsBytes();

    /** Gives back the memory that a connection does not need while it waits. */
    public abstract void trim();

    /**
     * Sends the bytes of deferred writes, and never waits.
     *
     * @return false if the peer has not taken all of them yet
     * @throws TransportException if they cannot be sent; the connection has ended
     */
    public abstract boolean flushDeferred() throws TransportException;

    /**
     * Tests whether the next read needs a thread that may wait, because it does the handshake.
     *
     * @return false without TLS and after the handshake
     */
    public abstract boolean needsHandshake();

    /**
     * Returns the number of bytes that can be read without waiting. Over TLS these are the decrypted bytes.
     *
     * @return the number, 0 if unknown
     */
    public abstract int available();

    /**
     * Writes all the bytes. If this fails, the output has ended, and it is unknown how many bytes were written.
     *
     * @param b the source
     * @param off the first index to write
     * @param len the number of bytes
     * @throws TransportException if they cannot be written
     */
    public abstract void write(byte[] b, int off, int len) throws TransportException;

    /**
     * Writes all that remains in the buffers, in their order, as {@link #write(byte[], int, int)} does. The bytes of small buffers go
     * together. If it fails, the positions are undefined.
     *
     * @param sources the sources, which may be read-only
     * @throws TransportException if they cannot be written
     */
    public abstract void write(ByteBuffer... sources) throws TransportException;

    /**
     * Counts what remains in several buffers.
     *
     * @param buffers the buffers
     * @return the number of bytes
     */
    static long remaining(ByteBuffer... buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }

    /**
     * Ends the output: sends close_notify over TLS, and ends the TCP output. Reads are still possible. Idempotent.
     *
     * @throws TransportException if the end cannot be sent
     */
    public abstract void shutdownOutput() throws TransportException;

    /**
     * Ends the output at once, without close_notify, so that the peer sees a truncated TLS stream. A stuck writer fails. Reads are
     * still possible. Idempotent.
     *
     * @throws TransportException if the socket reports an error
     */
    public abstract void abortOutput() throws TransportException;

    /**
     * Ends the input. Bytes that were decrypted or pushed back can still be read. Then reads return -1, including a read that waits.
     * Idempotent.
     *
     * @throws TransportException if the socket reports an error
     */
    public abstract void shutdownInput() throws TransportException;

    /**
     * Ends the input, and discards what could still be read. Unlike {@link #shutdownInput}, it does not do the handshake first.
     *
     * @throws TransportException if the socket reports an error
     */
    public abstract void abortInput() throws TransportException;

    /**
     * Sets how long a read waits between two arrivals of bytes. Applies to the next wait.
     *
     * @param timeout the longest wait; zero, the default, means no limit
     */
    public final void readTimeout(Duration timeout) {
        readWait.timeout(timeout);
    }

    /**
     * Sets one deadline for all reads. A read that has to wait after the deadline fails with {@link Reason#TIMEOUT}. Nothing is lost:
     * reads are possible again after a new deadline is set.
     *
     * @param deadline the deadline; {@link Deadline#NEVER}, the default, for none
     */
    public final void readDeadline(Deadline deadline) {
        readWait.deadline(deadline);
    }

    /**
     * Sets how long one write to the socket may be stuck before the connection is ended. Applies to the next write.
     *
     * @param timeout the longest wait; zero, the default, means no limit
     */
    public abstract void writeTimeout(Duration timeout);

    /**
     * Does the TLS handshake if it was not done yet. Otherwise the first read or write does it. Does nothing without TLS.
     *
     * @throws TransportException if the handshake fails or its deadline passes; the connection has ended
     */
    public abstract void handshake() throws TransportException;

    /**
     * Does the handshake, or as much of it as is possible within a time limit. The next call continues it.
     *
     * @param limit the longest wait for the peer's bytes; zero means no limit
     * @throws TransportException {@link Reason#TIMEOUT} if it did not complete in time, and the transport is still open; another
     *     reason if it failed, and the connection has ended
     */
    public abstract void handshake(Duration limit) throws TransportException;

    /**
     * Returns the result of the handshake.
     *
     * @return the result; empty without TLS, and before the handshake is complete
     */
    public abstract Optional<TlsDetails> tls();

    /**
     * Returns whether the transport is open on this side. This does not depend on the peer.
     *
     * @return false after a close, an abort, or a failure that ended the connection
     */
    public abstract boolean isOpen();

    /** Closes gracefully within a bounded time, whatever the peer does. Never throws. Idempotent. */
    public abstract void close();

    /** Closes the socket at once, without close_notify. Never throws. Idempotent. */
    public abstract void abort();

    /**
     * Returns the socket below this transport.
     *
     * @return the owner of the socket
     */
    public final RawSocket rawSocket() {
        return raw;
    }
}
