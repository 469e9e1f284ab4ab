package io.sluice.internal.client;

import io.sluice.internal.config.ClientSettings;
import io.sluice.message.FrameCodec;
import io.sluice.message.FrameException;
import io.sluice.message.FrameMeter;
import io.sluice.message.FrameTooLongException;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages over one stream. One thread may read while another one writes. A read that runs out of time loses nothing: the next one goes on
 * with the bytes that have arrived.
 *
 * @param <M> the type of the messages
 */
final class FrameExchange<M> {

    private static final int FIRST_SIZE = 512;

    private final SocketStream stream;
    private final FrameCodec<M> codec;
    private final ClientSettings settings;

    /** What has arrived and is not part of a message yet, from the first byte of a frame on. */
    private ByteBuffer received = ByteBuffer.allocate(FIRST_SIZE).limit(0);

    private final FrameMeter<M> meter;
    /** Of the frame that has begun; 0 if it is not known yet. */
    private int length;

    private long frameEnds;

    FrameExchange(SocketStream stream, FrameCodec<M> codec, ClientSettings settings) {
        this.stream = stream;
        this.codec = codec;
        this.settings = settings;
        this.meter = new FrameMeter<>(codec, settings.frames().maxFrame());
    }

    void write(M message) throws SocketStreamException {
        try {
            stream.write(codec.encode(message));
        } catch (FrameException e) {
            throw new SocketStreamException(
                    Kind.FRAME_INVALID, subject() + ": the message cannot be sent: " + e.getMessage(), e);
        }
    }

    /** Whether bytes have arrived that belong to no message yet. */
    boolean hasRest() {
        return received.hasRemaining();
    }

    /**
     * Reads the next message.
     *
     * @param deadline the value of {@code System.nanoTime} after which the read fails with {@code READ_TIMEOUT}
     */
    M read(long deadline) throws SocketStreamException {
        Optional<M> message = next();
        while (message.isEmpty()) {
            receive(deadline);
            message = next();
        }
        return message.get();
    }

    /** The message at the beginning of what has arrived; empty if it is incomplete. */
    private Optional<M> next() throws SocketStreamException {
        try {
            if (!isComplete()) {
                return Optional.empty();
            }
            ByteBuffer frame = received.slice(received.position(), length);
            received.position(received.position() + length);
            length = 0;
            meter.reset();
            frameEnds = System.nanoTime() + settings.frames().frameTimeout().toNanos();
            return Optional.of(codec.decode(frame));
        } catch (FrameTooLongException e) {
            throw new SocketStreamException(
                    Kind.FRAME_TOO_LONG,
                    subject() + ": " + e.getMessage() + " (max-frame). If the peer may send such frames, set a larger "
                            + settings.property("max-frame"),
                    e);
        } catch (FrameException e) {
            throw new SocketStreamException(
                    Kind.FRAME_INVALID,
                    subject() + " sent what is no frame of the protocol: " + e.getMessage()
                            + ". Check that both sides speak the same protocol",
                    e);
        }
    }

    private boolean isComplete() throws FrameException {
        if (length == 0) {
            meter.skip(received);
            if (received.hasRemaining()) {
                length = meter.lengthOf(received);
            }
        }
        return length > 0 && received.remaining() >= length;
    }

    private void receive(long deadline) throws SocketStreamException {
        boolean isWithin = received.hasRemaining();
        long now = System.nanoTime();
        boolean isFrameFirst = isWithin && frameEnds - deadline < 0;
        long left = (isFrameFirst ? frameEnds : deadline) - now;
        if (left <= 0) {
            throw isFrameFirst ? late() : noReply(null);
        }
        makeRoom();
        ByteBuffer target = received.duplicate().limit(received.capacity()).position(received.limit());
        stream.readTimeout(Duration.ofNanos(Math.max(left, 1_000_000)));
        int n;
        try {
            n = stream.read(target);
        } catch (SocketStreamException e) {
            throw e.kind() == Kind.READ_TIMEOUT ? isFrameFirst ? late() : noReply(e) : e;
        }
        if (n < 0) {
            throw new SocketStreamException(
                    isWithin ? Kind.TRUNCATED : Kind.PEER_CLOSED,
                    subject() + " closed the connection " + (isWithin ? "within a frame" : "before its reply")
                            + ". Read the server's log for the reason");
        }
        if (!isWithin) {
            frameEnds = System.nanoTime() + settings.frames().frameTimeout().toNanos();
        }
        received.limit(received.limit() + n);
    }

    /** Never more than the longest frame, whatever length the peer announces, and only twice what has arrived. */
    private void makeRoom() {
        if (received.limit() < received.capacity()) {
            return;
        }
        int size = received.remaining();
        byte[] bytes = received.array();
        int wanted = size * 2 > bytes.length
                ? Math.max(
                        FIRST_SIZE, (int) Math.min(size * 2L, settings.frames().maxFrame() + 1L))
                : bytes.length;
        byte[] roomy = Arrays.copyOf(
                Arrays.copyOfRange(bytes, received.position(), received.limit()), Math.max(wanted, size + 1));
        received = ByteBuffer.wrap(roomy).limit(size);
    }

    private SocketStreamException late() {
        return new SocketStreamException(
                Kind.FRAME_TIMEOUT,
                subject() + " began a frame and did not complete it within frame-timeout ("
                        + settings.frames().frameTimeout().toMillis()
                        + " ms). If it is slow, set a longer " + settings.property("frame-timeout"));
    }

    SocketStreamException noReply(@Nullable SocketStreamException cause) {
        return new SocketStreamException(
                Kind.READ_TIMEOUT,
                subject() + " sent no complete reply within reply-timeout ("
                        + settings.timeouts().reply().toMillis()
                        + " ms). The server may have acted on the request. If it is slow, set a longer "
                        + settings.property("reply-timeout"),
                cause);
    }

    private String subject() {
        return "client '" + settings.name() + "': "
                + stream.remoteAddress().getAddress().getHostAddress() + ":"
                + stream.remoteAddress().getPort();
    }
}
