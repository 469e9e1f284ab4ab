package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.tls.ReceivedRecords.Arrival;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLException;

/** One side of a connection in memory: a core, and a driver that never waits. */
final class Side {
    /** A core that asks for ever must not hang a test. */
    private static final int MANY = 2_000_000;

    private final TlsCore core;
    private final CountedBuffers buffers;
    private final Transit incoming;
    private final Transit outgoing;
    private final IntSupplier pieces;
    private final Map<Need, Integer> needs = new EnumMap<>(Need.class);
    private int steps;

    /** {@code pieces}: how many bytes arrive next. */
    Side(
            EngineAdapter engine,
            PeerReview review,
            boolean direct,
            Transit incoming,
            Transit outgoing,
            IntSupplier pieces) {
        this.buffers = new CountedBuffers(direct);
        this.core = new TlsCore(engine, buffers, review);
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.pieces = pieces;
    }

    TlsCore core() {
        return core;
    }

    CountedBuffers buffers() {
        return buffers;
    }

    Transit outgoing() {
        return outgoing;
    }

    Transit incoming() {
        return incoming;
    }

    /** How often something was needed. */
    int needed(Need need) {
        return needs.getOrDefault(need, 0);
    }

    TlsDetails details() {
        TlsDetails details = core.details();
        if (details == null) {
            throw new AssertionError("the handshake is not complete");
        }
        return details;
    }

    private void step() {
        if (++steps > MANY) {
            throw new AssertionError("the core makes no progress");
        }
    }

    /** Goes on with the handshake. Returns true if it is complete, and false if bytes of the peer are missing. */
    boolean handshake() throws TransportException {
        while (true) {
            step();
            Need need = core.handshake();
            needs.merge(need, 1, Integer::sum);
            switch (need) {
                case NOTHING -> {
                    send();
                    core.out().release();
                    return true;
                }
                case TASK -> core.runTasks();
                case ROOM -> send();
                case BYTES -> {
                    send();
                    core.out().release();
                    core.in().trim();
                    if (!receive()) {
                        if (incoming.ended()) {
                            throw TransportException.closedInHandshake();
                        }
                        return false;
                    }
                }
            }
        }
    }

    /** Some bytes arrive, if there are any. */
    private boolean receive() {
        ReceivedRecords records = core.in().records();
        if (incoming.length() == 0) {
            records.room(Arrival.AWAITED);
            records.received();
            return false;
        }
        int most = Math.max(1, pieces.getAsInt());
        Arrival arrival =
                records.dependsOnArrival() ? most % 2 == 0 ? Arrival.ARRIVED : Arrival.AWAITED : Arrival.AWAITED;
        if (records.isWithinRecord() && most % 3 == 0) {
            arrival = Arrival.IMMINENT;
        }
        ByteBuffer room = records.room(arrival);
        try {
            if (!room.hasRemaining()) {
                throw new AssertionError("no room for the bytes that are needed");
            }
            incoming.arrive(room, most);
        } finally {
            records.received();
        }
        return true;
    }

    /** Reads what is there: a number of bytes, {@link Inbound#NO_DATA} or {@link Inbound#END}. */
    int read(ByteBuffer target) throws TransportException {
        Inbound in = core.in();
        while (true) {
            step();
            int n = in.read(target);
            if (in.wantsResponse()) {
                respond(n > 0);
            } else if (n == Inbound.NO_DATA && !receive()) {
                if (!incoming.ended()) {
                    return n;
                }
                in.endOfStream();
            }
            if (n != Inbound.NO_DATA) {
                return n;
            }
        }
    }

    private void respond(boolean delivering) throws TransportException {
        try {
            core.out().respond();
        } catch (TransportException e) {
            if (!delivering) {
                throw e;
            }
            core.in().defer(e);
        }
    }

    /** A step that adds ciphertext. */
    interface Adding {
        Need run() throws TransportException;
    }

    /** Writes all sources, and sends them together. */
    void write(ByteBuffer... sources) throws TransportException {
        try {
            for (ByteBuffer source : sources) {
                repeat(() -> core.out().encrypt(source));
            }
        } finally {
            send();
            core.out().release();
        }
    }

    void closeNotify() throws TransportException {
        add(core.out()::closeNotify);
    }

    /** Sends the alert after a failure of reading or writing. */
    void fail(Reason reason) throws TransportException {
        add(() -> core.fail(reason));
    }

    /** Sends the alert after a failure of the handshake. */
    void failHandshake(TransportException failure) throws TransportException {
        add(() -> {
            core.failHandshake(failure);
            return Need.NOTHING;
        });
    }

    /** Sends a KeyUpdate that asks for a response. */
    void updateKeys() throws TransportException {
        try {
            core.engine().beginHandshake();
        } catch (SSLException e) {
            throw EngineFailures.of(Stage.WRITE, e);
        }
        write(ByteBuffer.allocate(0));
    }

    void add(Adding adding) throws TransportException {
        try {
            repeat(adding);
        } finally {
            send();
            core.out().release();
        }
    }

    private void repeat(Adding adding) throws TransportException {
        Need need = adding.run();
        while (need == Need.ROOM) {
            step();
            needs.merge(need, 1, Integer::sum);
            send();
            need = adding.run();
        }
    }

    private void send() {
        ByteBuffer ciphertext = core.out().ciphertext();
        if (ciphertext != null) {
            outgoing.send(ciphertext);
            core.out().sent();
        }
    }

    /** The bytes that have arrived and were not processed. */
    byte[] unprocessed() {
        ByteBuffer remaining = core.in().records().remaining();
        byte[] bytes = new byte[remaining.remaining()];
        remaining.get(bytes);
        return bytes;
    }

    /** Ends the side, and checks that every buffer was returned. */
    void release() {
        core.release();
        if (buffers.borrowed() != 0) {
            throw new AssertionError(buffers.borrowed() + " buffers were not returned");
        }
    }
}
