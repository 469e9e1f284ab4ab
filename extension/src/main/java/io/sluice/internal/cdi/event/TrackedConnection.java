package io.sluice.internal.cdi.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.SslSide;
import io.sluice.event.ConnectionEnded.Reason;
import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.internal.cdi.event.Occurrence.Moment;
import io.sluice.internal.cdi.event.Occurrence.Offer;
import io.sluice.internal.jfr.FlightEvents;
import io.sluice.internal.jfr.FlightEvents.Negotiated;
import io.sluice.internal.jfr.FlightEvents.Subject;
import io.sluice.internal.journal.Failure;
import io.sluice.internal.journal.Failure.Place;
import io.sluice.internal.journal.FailureJournal;
import io.sluice.internal.journal.LateRejection;
import io.sluice.internal.journal.RemotePeer;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.trace.CallTrace;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.internal.trace.HandshakeTrace;
import io.sluice.internal.transport.RawSocket;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection, in events. It is accepted by a server, or opened by a creator or connector, and ends once. A handshake that is
 * under way at the end has failed. Thread-safe: a stream may read, write and close on different threads.
 */
final class TrackedConnection implements ObservedConnection {

    /** What may end a connection before its handshake begins. */
    private static final Set<Kind> BEFORE_HANDSHAKES =
            Set.of(Kind.PROXY_HEADER_INVALID, Kind.PROXY_NOT_TRUSTED, Kind.HANDSHAKE_TIMEOUT, Kind.CONTEXT_UNUSABLE);

    private final long number;
    private final Optional<String> server;
    private final Consumer<Supplier<Occurrence>> events;
    private final Optional<FlightEvents.Connection> recorded;
    private final @Nullable ConnectionTracer tracer;
    private final FailureJournal journal;
    private final long since = System.nanoTime();

    @GuardedBy("this")
    private SocketAddress peer;

    @GuardedBy("this")
    private @Nullable RawSocket socket;

    @GuardedBy("this")
    private @Nullable Attempt handshake;

    /** The last one, also after its end. */
    @GuardedBy("this")
    private @Nullable HandshakeTrace traced;

    @GuardedBy("this")
    private @Nullable Reason reason;

    @GuardedBy("this")
    private @Nullable Throwable failure;

    @GuardedBy("this")
    private boolean over;

    /** How the stream is created: before it, and without TLS, there is only a side. */
    @GuardedBy("this")
    private Optional<String> context = Optional.empty();

    @GuardedBy("this")
    private SslSide side;

    /** What is known about the handshake that has just failed. */
    @GuardedBy("this")
    private @Nullable HandshakeEvidence evidence;

    /** This client's last handshake, which a server of TLS 1.3 may still reject. */
    @GuardedBy("this")
    private @Nullable TlsSession agreed;

    /** A handshake that is under way. */
    private record Attempt(Offer offer, long since, Optional<FlightEvents.Handshake> recorded) {}

    /**
     * A connection that begins now.
     *
     * @param number its number
     * @param server the name of the server that accepted it, if one did
     * @param peer the peer, as the socket knows it
     * @param events takes the events, which are made only if somebody listens
     * @param journal explains failures, and checks what succeeds
     * @param tracer learns of handshakes and calls, on their threads; null if there is none
     */
    TrackedConnection(
            long number,
            Optional<String> server,
            SocketAddress peer,
            Consumer<Supplier<Occurrence>> events,
            FailureJournal journal,
            @Nullable ConnectionTracer tracer) {
        this.number = number;
        this.server = server;
        this.peer = peer;
        this.events = events;
        this.tracer = tracer;
        this.journal = journal;
        this.side = server.isPresent() ? SslSide.SERVER : SslSide.CLIENT;
        this.recorded = FlightEvents.beginConnection();
    }

    synchronized void accepted() {
        Moment now = moment();
        events.accept(() -> new Occurrence.Accepted(now));
    }

    synchronized void refused(Limit limit) {
        if (!over) {
            over = true;
            Moment now = moment();
            events.accept(() -> new Occurrence.Refused(now, limit));
            FlightEvents.rejection(subject(), limit.name());
        }
    }

    @Override
    public synchronized void over(RawSocket raw) {
        socket = raw;
    }

    @Override
    public synchronized void peer(InetSocketAddress client) {
        peer = client;
    }

    @Override
    public synchronized void planned(Optional<String> name, SslSide own) {
        context = name;
        side = own;
    }

    @Override
    public synchronized boolean wantsHello() {
        return journal.isOn() || journal.reportOnly().needHello(context, side);
    }

    @Override
    public synchronized void handshakeExplained(Supplier<@Nullable HandshakeEvidence> known) {
        evidence = journal.admits(place()) ? known.get() : null;
    }

    @Override
    public synchronized void handshakeBegun(Optional<String> name, SslSide own) {
        if (handshake == null && !over) {
            Offer offer = new Offer(name, own == SslSide.CLIENT);
            handshake = new Attempt(offer, System.nanoTime(), FlightEvents.beginHandshake());
            Moment now = moment();
            events.accept(() -> new Occurrence.Started(now, offer));
            traced = tracer == null ? null : tracer.handshake(new Occurrence.Started(now, offer));
        }
    }

    @Override
    public synchronized void handshakeCompleted(TlsSession session, @Nullable ByteBuffer hello) {
        Attempt known = handshake;
        if (known == null) {
            return;
        }
        handshake = null;
        agreed = side == SslSide.CLIENT ? session : null;
        journal.reportOnly().completed(context, side, peer, session, hello);
        Moment now = moment();
        Duration duration = since(known.since());
        events.accept(() -> new Occurrence.Completed(now, known.offer(), duration, session));
        if (traced != null) {
            traced.completed(new Occurrence.Completed(now, known.offer(), duration, session));
        }
        record(known, negotiated(session), null);
    }

    @Override
    public synchronized void handshakeFailed(SocketStreamException condition) {
        Attempt known = handshake;
        if (known != null && condition.kind() != Kind.CLOSED) {
            explain(condition, since(known.since()));
        }
        endHandshake(condition);
    }

    @GuardedBy("this")
    private void endHandshake(SocketStreamException condition) {
        Attempt known = handshake;
        if (known != null) {
            handshake = null;
            Moment now = moment();
            Duration duration = since(known.since());
            events.accept(() -> new Occurrence.Failed(now, known.offer(), duration, condition));
            if (traced != null) {
                traced.failed(new Occurrence.Failed(now, known.offer(), duration, condition));
            }
            record(known, null, condition.kind().name());
        }
        failed(condition);
    }

    @GuardedBy("this")
    private void record(Attempt done, @Nullable Negotiated session, @Nullable String failed) {
        if (done.recorded().isPresent()) {
            Offer offer = done.offer();
            done.recorded().get().end(subject(), offer.context().orElse(null), offer.isClient(), session, failed);
        }
    }

    private static Negotiated negotiated(TlsSession session) {
        return new Negotiated(
                session.protocol(), session.cipherSuite(), session.group().orElse(null), session.resumed());
    }

    @Override
    public synchronized Call called(SocketStream stream) {
        if (tracer == null) {
            return Call.UNOBSERVED;
        }
        CallTrace call = tracer.call(new Occurrence.Accepted(moment()), stream, traced);
        return call::ended;
    }

    @Override
    public synchronized void probed() {
        handshake = null;
        evidence = null;
        reason = Reason.PROBE;
        failure = null;
    }

    @Override
    public synchronized void peerEnded() {
        if (reason == null) {
            reason = Reason.PEER_CLOSED;
        }
    }

    @Override
    public synchronized void failed(Throwable cause) {
        boolean closed = cause instanceof SocketStreamException condition && condition.kind() == Kind.CLOSED;
        if (!closed && !isDecided()) {
            reason = Reason.FAILED;
            failure = cause;
        }
    }

    /** Whether a later failure does not count. */
    @GuardedBy("this")
    private boolean isDecided() {
        return reason != null && reason != Reason.PEER_CLOSED;
    }

    @Override
    public synchronized void transportFailed(SocketStreamException condition) {
        TlsSession session = agreed;
        if (session != null && !isDecided() && LateRejection.is(condition)) {
            evidence = LateRejection.evidence(session);
            explain(condition, Duration.ZERO);
        }
        failed(condition);
    }

    @Override
    public synchronized void notCreated(Throwable cause) {
        if (!isDecided()
                && cause instanceof SocketStreamException condition
                && BEFORE_HANDSHAKES.contains(condition.kind())) {
            explain(condition, since(since));
        }
        failed(cause);
    }

    @GuardedBy("this")
    private void explain(SocketStreamException condition, Duration duration) {
        RawSocket raw = socket;
        HandshakeEvidence known = evidence;
        evidence = null;
        journal.add(new Failure(
                place(), RemotePeer.of(peer), raw == null ? null : raw.localAddress(), condition, duration, known));
    }

    @GuardedBy("this")
    private Place place() {
        return new Place(context, server, side);
    }

    @Override
    public void streamClosed() {
        if (server.isEmpty()) {
            ended();
        }
    }

    @Override
    public synchronized void ended() {
        if (over) {
            return;
        }
        over = true;
        if (handshake != null) {
            endHandshake(unfinished()); // Whatever ended the connection, it was not the handshake.
        }
        Reason how = reason == null ? Reason.CLOSED : reason;
        RawSocket raw = socket;
        long received = raw == null ? 0 : raw.bytesReceived();
        long sent = raw == null ? 0 : raw.bytesSent();
        Moment now = moment();
        Duration duration = since(since);
        Optional<Throwable> why = Optional.ofNullable(failure);
        events.accept(() -> new Occurrence.Ended(now, how, why, duration, received, sent));
        if (recorded.isPresent()) {
            String what = why.map(TrackedConnection::name).orElse(null);
            recorded.get().end(subject(), how.name(), what, received, sent);
        }
    }

    @GuardedBy("this")
    private SocketStreamException unfinished() {
        Throwable cause = failure;
        return cause == null
                ? new SocketStreamException(
                        Kind.CLOSED,
                        "peer " + peer + ": this side closed the connection before the handshake was complete")
                : new SocketStreamException(
                        Kind.TLS, "peer " + peer + ": the handshake did not complete: " + cause, cause);
    }

    /** The kind of a condition, and the class of anything else. */
    private static String name(Throwable failure) {
        return failure instanceof SocketStreamException condition
                ? condition.kind().name()
                : failure.getClass().getName();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @GuardedBy("this")
    private Moment moment() {
        return new Moment(number, server, peer, Instant.now());
    }

    @GuardedBy("this")
    private Subject subject() {
        return new Subject(number, server.orElse(null), String.valueOf(peer));
    }
}
