package io.sluice.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A side of a connection, and what must be true of it: a simple model of what TLS promises. */
final class Endpoint {
    /** A few less than a peer may send without data in a row. */
    private static final int MOST_UPDATES = 12;

    private final EngineKind kind;
    private final boolean halfCloses;
    private final int salt;
    private Side side;
    private @Nullable Endpoint other;

    private long written;
    private long read;
    private boolean closed;
    private long sentBeforeClose;
    private boolean sawEnd;
    private boolean cut;
    private boolean tampered;
    private boolean truncated;
    private @Nullable Reason failure;
    private int updates;

    Endpoint(EngineKind kind, String protocol, Side side, int salt) {
        this.kind = kind;
        // All other engines answer close_notify with one of their own, even before it is read.
        this.halfCloses = kind == EngineKind.JDK && protocol.equals("TLSv1.3");
        this.side = side;
        this.salt = salt;
    }

    void meet(Endpoint peer) {
        other = peer;
        peer.other = this;
    }

    Side side() {
        return side;
    }

    private Endpoint other() {
        if (other == null) {
            throw new IllegalStateException("alone");
        }
        return other;
    }

    private static byte at(int salt, long offset) {
        return (byte) (offset * 31 + (offset >> 8) + salt);
    }

    private ByteBuffer data(long from, int size) {
        ByteBuffer data = size % 2 == 0 ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            data.put(i, at(salt, from + i));
        }
        return data;
    }

    void write(Iterable<Integer> sizes) throws TransportException {
        if (cut || failure != null) {
            return;
        }
        List<ByteBuffer> sources = new ArrayList<>();
        long all = written;
        for (int size : sizes) {
            sources.add(data(all, size));
            all += size;
        }
        try {
            side.write(sources.toArray(ByteBuffer[]::new));
        } catch (TransportException e) {
            assertThat(e.reason()).isIn(Reason.CLOSED, Reason.PEER_CLOSED);
            // An engine for several records has met an alert or a bad record before its application has.
            boolean isKnown = other().failure != null || other().tampered;
            assertThat(closed || other().closed && !halfCloses || isKnown)
                    .as("a failed write: %s", e)
                    .isTrue();
            assertThat(sources).as("sources of a rejected write").allMatch(source -> source.position() == 0);
            return;
        }
        assertThat(closed).as("a write after close_notify").isFalse();
        assertThat(sources).noneMatch(ByteBuffer::hasRemaining);
        written = all;
        updates = 0;
    }

    /** Returns what the core returned; {@link Inbound#END} also after a failure. */
    int read(int size) throws TransportException {
        if (failure != null || truncated) {
            return Inbound.END;
        }
        ByteBuffer target = size % 2 == 0 ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
        int n;
        try {
            n = side.read(target);
        } catch (TransportException e) {
            requireExpected(e);
            if (e.reason() == Reason.TRUNCATED) {
                truncated = true;
            } else {
                failure = e.reason();
                side.fail(e.reason());
            }
            return Inbound.END;
        }
        Endpoint peer = other();
        for (int i = 0; i < n; i++) {
            assertThat(target.get(i)).isEqualTo(at(peer.salt, read + i));
        }
        read += Math.max(0, n);
        assertThat(read).as("bytes read").isLessThanOrEqualTo(peer.written);
        if (n == Inbound.END) {
            // An engine that cannot half-close answers the end before its application has seen it.
            assertThat(peer.closed || peer.sawEnd || closed && !peer.halfCloses)
                    .as("an end without close_notify")
                    .isTrue();
            assertThat(read).as("bytes before the end").isEqualTo(peer.written);
            sawEnd = true;
        } else if (n == Inbound.NO_DATA) {
            assertThat(peer.cut || peer.tampered || peer.closed)
                    .as("an end that was not seen")
                    .isFalse();
            assertThat(read).as("bytes that have arrived").isEqualTo(peer.written);
            assertThat(side.buffers().borrowed())
                    .as("buffers of a side that waits")
                    .isZero();
        }
        return n;
    }

    private void requireExpected(TransportException e) {
        Endpoint peer = other();
        if (e.reason() == Reason.TRUNCATED) {
            assertThat(peer.cut || closed && kind == EngineKind.BOUNCY_CASTLE)
                    .as("a truncation")
                    .isTrue();
        } else if (e.reason() == Reason.PEER_ALERT) {
            assertThat(peer.failure != null || tampered)
                    .as("the cause of an alert: %s", e)
                    .isTrue();
        } else {
            assertThat(e.reason()).as("%s", e).isEqualTo(Reason.TLS);
            assertThat(peer.tampered).as("a failure: %s", e).isTrue();
        }
    }

    void readAll(int size) throws TransportException {
        int n = read(size);
        while (n > 0) {
            n = read(size);
        }
    }

    /** Sends a KeyUpdate, if the engine can. */
    void updateKeys() throws TransportException {
        boolean can = halfCloses && !closed && !sawEnd && !cut && failure == null;
        if (can && updates < MOST_UPDATES && other().updates < MOST_UPDATES) {
            updates++;
            side.updateKeys();
        }
    }

    void close() throws TransportException {
        if (cut || failure != null) {
            return;
        }
        side.closeNotify();
        if (!closed) {
            closed = true;
            sentBeforeClose = side.outgoing().sent();
        }
    }

    void cut(int lost) {
        if (!cut && !tampered && failure == null) {
            cut = !closed || lost > 0 && side.outgoing().length() > 0;
            side.outgoing().end(lost);
        }
    }

    void tamper() {
        if (!cut && !tampered && failure == null && side.outgoing().length() > 0) {
            tampered = true;
            side.outgoing().tamper();
        }
    }

    /** Whether TLS can end on both sides. Bouncy Castle's engine reads nothing after its own close_notify. */
    boolean canRenew() {
        return kind != EngineKind.BOUNCY_CASTLE
                && !cut
                && !tampered
                && !truncated
                && failure == null
                && !side.outgoing().ended();
    }

    /** Nothing may follow close_notify, and it is sent once. */
    void check() {
        if (closed && failure == null) {
            assertThat(side.outgoing().sent()).as("bytes after close_notify").isEqualTo(sentBeforeClose);
        }
    }

    boolean sawEnd() {
        return sawEnd;
    }

    boolean failed() {
        return truncated || failure != null;
    }

    /** TLS ended, and begins again. */
    void renew(Side next) {
        side.release();
        side = next;
        closed = false;
        sawEnd = false;
        updates = 0;
    }

    @Override
    public String toString() {
        return kind + " wrote " + written + ", read " + read;
    }
}
