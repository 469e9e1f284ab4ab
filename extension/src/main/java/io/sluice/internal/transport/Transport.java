package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * Bytes to and from a peer, blocking, plain or over TLS. One thread may read while another writes; {@link #close} and
 * {@link #abort} may come from any thread and free whoever is blocked. Whoever holds a transport closes it.
 */
public interface Transport {
    /**
     * Reads what there is, at least one byte unless {@code len} is 0.
     *
     * @param b where to
     * @param off from which index
     * @param len at most how many bytes
     * @return how many bytes; -1 at the clean end of the stream
     * @throws TransportException {@link Reason#TIMEOUT} when no bytes came within the read timeout, after which reading may go
     *     on without loss; {@link Reason#TRUNCATED} when a TLS connection ended without close_notify; else what went wrong
     */
    int read(byte[] b, int off, int len) throws TransportException;

    /**
     * How many bytes can be read without waiting. Over TLS these are the decrypted ones.
     *
     * @return that number, 0 when it is not known
     */
    int available();

    /**
     * Writes all the bytes. When it cannot, the output has ended: what was written of them is not known.
     *
     * @param b where from
     * @param off from which index
     * @param len how many bytes
     * @throws TransportException when they could not be written
     */
    void write(byte[] b, int off, int len) throws TransportException;

    /**
     * Ends the output: close_notify over TLS, and the end of the TCP stream. Reading goes on. Idempotent.
     *
     * @throws TransportException when that could not be written
     */
    void shutdownOutput() throws TransportException;

    /**
     * Ends the output at once, past a writer that is stuck, which fails: no close_notify, so that the peer sees a truncated TLS
     * stream. Reading goes on. Idempotent.
     *
     * @throws TransportException when the socket refuses
     */
    void abortOutput() throws TransportException;

    /**
     * Ends the input: what this side has decrypted, or was put back, can still be read; then reads give -1, also one that waits.
     * Idempotent.
     *
     * @throws TransportException when the socket refuses
     */
    void shutdownInput() throws TransportException;

    /**
     * The same, but drops what could still be read, and does not handshake first.
     *
     * @throws TransportException when the socket refuses
     */
    void abortInput() throws TransportException;

    /**
     * Sets how long a read waits between two arrivals of bytes. Applies to the next wait.
     *
     * @param timeout the longest wait; zero, the default, means without limit
     */
    void readTimeout(Duration timeout);

    /**
     * Sets a deadline for all reads together. A read that begins to wait after it, or waits until then, fails with {@link
     * Reason#TIMEOUT}; reading may go on without loss when the deadline is set anew.
     *
     * @param deadline when; {@link Deadline#NEVER}, the default, for none
     */
    void readDeadline(Deadline deadline);

    /**
     * Sets how long one write to the socket may be stuck before the connection is ended. Applies to the next write.
     *
     * @param timeout the longest wait; zero, the default, means without limit
     */
    void writeTimeout(Duration timeout);

    /**
     * Does the TLS handshake if it was not done yet; the first read or write does it otherwise. Nothing for a plain transport.
     *
     * @throws TransportException when it fails or its deadline passes; the connection has ended then
     */
    void handshake() throws TransportException;

    /**
     * Does the handshake or a part of it: as far as it comes within a time. The next call goes on with it.
     *
     * @param limit the longest wait for the peer's bytes; zero means without limit
     * @throws TransportException {@link Reason#TIMEOUT}, with the transport open, when it was not done in time; otherwise when it
     *     fails, and the connection has ended then
     */
    void handshake(Duration limit) throws TransportException;

    /**
     * What the handshake agreed on.
     *
     * @return empty for a plain transport, and before the handshake is complete
     */
    Optional<TlsDetails> tls();

    /**
     * Whether this side has not ended the connection. It says nothing about the peer.
     *
     * @return false once it was closed, aborted or ended by a failure
     */
    boolean isOpen();

    /** Closes within a bounded time, whatever the peer does. Never throws; idempotent. */
    void close();

    /** Closes the socket at once, without a farewell to the peer. Never throws; idempotent. */
    void abort();

    /**
     * The socket beneath.
     *
     * @return its owner
     */
    RawSocket rawSocket();
}
