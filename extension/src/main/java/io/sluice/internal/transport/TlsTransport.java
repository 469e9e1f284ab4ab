package io.sluice.internal.transport;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.tls.TlsCore;
import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A transport that drives {@link TlsCore} over a blocking socket. The first read or write does the handshake. Reads hold the lock of the
 * input, and writes hold that of the output. No thread waits for the first while it holds the second. {@link ConnectionEnd} ends the
 * connection. Thread-safe.
 */
public final class TlsTransport extends Transport {
    private static final byte[] NO_BYTES = {};

    private final TlsCore core;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsResponses responses;
    private final ConnectionState state;
    private final ConnectionEnd end;
    private final WrappedArray readArray = new WrappedArray();
    /** Null after the handshake is done. */
    private volatile @Nullable TlsHandshake handshake;

    /**
     * Takes over the socket and the engine. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine for this transport only, with its mode and parameters set
     * @param limits the time limits of the handshake and the close
     * @param onEngineReleased run exactly once, after this transport has ended and no thread is inside the engine
     */
    public TlsTransport(RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased) {
        this(raw, new JsseAdapter(engine, onEngineReleased), limits, PeerReview.NONE);
    }

    /** The same for an engine of any kind, with what this side's context says about the peer. The engine is released once. */
    public TlsTransport(RawSocket raw, EngineAdapter engine, TlsLimits limits, PeerReview review) {
        super(raw);
        this.core = new TlsCore(engine, raw.output().pool(), review);
        this.state = new ConnectionState(core::release);
        this.input = new TlsInput(core.in(), raw.input());
        this.output = new TlsOutput(core.out(), raw.output(), state);
        this.end = new ConnectionEnd(raw, core, input, output, state, limits);
        this.responses = new TlsResponses(output, state, end);
        this.handshake = new TlsHandshake(end);
    }

    /** Tells a listener about the handshake. Called before the first read or write. */
    public void tell(HandshakeListener listener) {
        TlsHandshake first = handshake;
        if (first != null) {
            first.tell(listener);
        }
    }

    /** {@return the engine, as a key for data about it; only this transport may use it} */
    public SSLEngine engine() {
        return core.engine();
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        if (len == 0) {
            state.requireOpen(Stage.READ);
            return 0;
        }
        beginRead();
        try {
            ByteBuffer target = readArray.of(b, off, len);
            return mayReceive() ? received(input.read(target, readWait, responses)) : takeRest(target);
        } catch (TransportException e) {
            return afterRead(e);
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            endRead();
        }
    }

    @Override
    public int read(ByteBuffer target) throws TransportException {
        if (!target.hasRemaining()) {
            state.requireOpen(Stage.READ);
            return 0;
        }
        beginRead();
        try {
            return mayReceive() ? received(input.read(target, readWait, responses)) : takeRest(target);
        } catch (TransportException e) {
            return afterRead(e);
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            endRead();
        }
    }

    @Override
    public int readNow(ByteBuffer target) throws TransportException {
        state.enter(Stage.READ);
        try {
            if (needsHandshake() || !input.lock().tryLock()) {
                return 0;
            }
            try {
                return mayReceive() ? received(input.readNow(target, responses)) : takeRest(target);
            } catch (TransportException e) {
                return afterRead(e);
            } finally {
                input.lock().unlock();
            }
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    @Override
    public boolean holdsBytes() {
        return core.in().hasUnread() || raw.input().hasUnread();
    }

    @Override
    public void trim() {
        if (!needsHandshake() && state.enter()) {
            try {
                input.trim();
            } finally {
                state.leave();
            }
        }
    }

    @Override
    public boolean needsHandshake() {
        TlsHandshake first = handshake;
        return first != null && !first.isDone();
    }

    @Override
    public boolean flushDeferred() throws TransportException {
        if (!state.enter()) {
            return true;
        }
        try {
            return output.flushDeferred(end);
        } finally {
            state.leave();
        }
    }

    /** Does the handshake, and takes the read lock. Unless this fails, {@link #endRead} must be called. */
    private void beginRead() throws TransportException {
        state.enter(Stage.READ);
        boolean begun = false;
        try {
            TlsHandshake first = handshake;
            if (first != null) {
                first.beforeRead(readWait.deadline());
                handshake = null;
            }
            input.lock(readWait, end);
            begun = true;
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            if (!begun) {
                state.leave();
            }
        }
    }

    private void endRead() {
        input.lock().unlock();
        state.leave();
    }

    private boolean mayReceive() throws TransportException {
        if (state.isInputShut()) {
            return false;
        }
        state.requireOpen(Stage.READ);
        return true;
    }

    private int received(int n) throws TransportException {
        if (n < 0) {
            state.requireNotFailed(Stage.READ);
        }
        return state.isInputShut() ? -1 : n;
    }

    /** After the end of the input, what was decrypted before can still be read. */
    private int takeRest(ByteBuffer target) {
        int n = state.isInputDiscarded() ? 0 : core.in().take(target);
        return n > 0 ? n : -1;
    }

    private int afterRead(TransportException e) throws TransportException {
        if (state.isInputShut() && !state.isClosed()) {
            return -1;
        }
        throw end.afterRead(e);
    }

    @Override
    public int available() {
        if (state.isInputShut() || details() == null || !state.enter()) {
            return 0;
        }
        try {
            return input.available(responses);
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        write(null, b, off, len);
    }

    @Override
    public void write(ByteBuffer... sources) throws TransportException {
        write(sources, NO_BYTES, 0, Transport.remaining(sources) == 0 ? 0 : 1);
    }

    /** Writes the sources if there are any, and otherwise the bytes of the array. */
    private void write(ByteBuffer @Nullable [] sources, byte[] b, int off, int len) throws TransportException {
        state.requireOpenForWrite();
        state.enter(Stage.WRITE);
        try {
            if (len > 0) {
                ensureHandshake();
                output.write(sources, b, off, len, end);
            }
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    private void ensureHandshake() throws TransportException {
        TlsHandshake first = handshake;
        if (first != null) {
            first.ensure();
            handshake = null;
        }
    }

    /** Null until the handshake is done. */
    private @Nullable TlsDetails details() {
        TlsHandshake first = handshake;
        return first == null || first.isDone() ? core.details() : null;
    }

    @Override
    public void handshake() throws TransportException {
        end.inside(Stage.HANDSHAKE, this::ensureHandshake);
    }

    @Override
    public void handshake(Duration limit) throws TransportException {
        end.inside(Stage.HANDSHAKE, () -> {
            TlsHandshake first = handshake;
            if (first != null) {
                first.within(Deadline.after(limit));
                handshake = null;
            }
        });
    }

    @Override
    public void shutdownOutput() throws TransportException {
        end.inside(Stage.WRITE, () -> {
            ensureHandshake();
            end.endOutput();
        });
    }

    @Override
    public void abortOutput() throws TransportException {
        end.inside(Stage.WRITE, end::abortOutput);
    }

    @Override
    public void shutdownInput() throws TransportException {
        end.inside(Stage.READ, () -> {
            ensureHandshake();
            end.endInput();
        });
    }

    @Override
    public void abortInput() throws TransportException {
        end.inside(Stage.READ, end::abortInput);
    }

    /**
     * Ends TLS gracefully within the close timeout, and leaves the socket open. The raw socket first returns the bytes that arrived
     * and were not read. No thread may write meanwhile. A reader that waits gets the end of the TLS stream.
     *
     * @param successor run when no thread is inside the engine any more; it owns the socket from then on
     * @throws TransportException if the peer does not end TLS gracefully in time; the connection has ended
     */
    public void detach(Runnable successor) throws TransportException {
        end.inside(Stage.CLOSE, () -> {
            ensureHandshake();
            new TlsDetachment(end, end.deadline()).run(successor);
        });
    }

    @Override
    public void close() {
        if (state.close()) {
            end.close(details() != null);
        }
    }

    @Override
    public void abort() {
        end.abort();
    }

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.ofNullable(details());
    }

    @Override
    public void writeTimeout(Duration timeout) {
        output.writeTimeout(Deadline.forEach(timeout));
    }

    @Override
    public boolean isOpen() {
        return !state.isClosed() && raw.isOpen();
    }
}
