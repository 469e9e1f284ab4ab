package io.sluice.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * Codecs of common frames. The message is the payload, a buffer of its own without the bytes that frame it. {@link #bytes} and {@link #text}
 * turn it into an array or text. All of them are thread-safe.
 *
 * <p>A message that cannot be a frame, because it contains the end of one or is too long for its length, is refused with a {@link
 * FrameException}.
 */
public final class Frames {

    private Frames() {}

    /**
     * Lines. LF and CR LF end a line, and LF is sent.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> line() {
        return TerminatedFrames.lines((byte) '\n');
    }

    /**
     * Lines. LF and CR LF end a line, and CR LF is sent.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> crLf() {
        return TerminatedFrames.lines((byte) '\r', (byte) '\n');
    }

    /**
     * Payloads with a terminator.
     *
     * @param terminator the bytes that end a frame, at least one
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> terminated(byte... terminator) {
        return TerminatedFrames.by(terminator);
    }

    /**
     * Payloads after their length: big-endian, without a sign, and without the bytes of the length.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> lengthPrefixed(int bytes) {
        return lengthPrefixed(bytes, ByteOrder.BIG_ENDIAN);
    }

    /**
     * Payloads after their length, which has no sign and does not count its own bytes.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     * @param order the order of the bytes of the length
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> lengthPrefixed(int bytes, ByteOrder order) {
        return LengthPrefixedFrames.exclusive(bytes, order);
    }

    /**
     * Payloads after their length, which has no sign and counts its own bytes too.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     * @param order the order of the bytes of the length
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> inclusiveLengthPrefixed(int bytes, ByteOrder order) {
        return LengthPrefixedFrames.inclusive(bytes, order);
    }

    /**
     * Octet counting of syslog (RFC 5425, section 4.3; RFC 6587, section 3.4.1): the length in digits, a space, and the payload.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> octetCounted() {
        return new OctetCountedFrames();
    }

    /**
     * Syslog over TCP or TLS, in either kind of frames (RFC 6587, section 3.4): with octet counting, or ended by LF, which the first byte
     * tells. Octet counting is sent.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> syslog() {
        return new SyslogFrames();
    }

    /**
     * Payloads between STX and ETX, which they must not contain. NAK refuses a frame.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> stxEtx() {
        return EnclosedFrames.stxEtx();
    }

    /**
     * The minimal lower layer protocol of HL7: VT, the payload, FS and CR. CR and LF before VT are ignored.
     *
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> mllp() {
        return EnclosedFrames.mllp();
    }

    /**
     * Payloads of the same length.
     *
     * @param bytes the length, at least 1
     * @return the codec
     */
    public static FrameCodec<ByteBuffer> fixed(int bytes) {
        return new FixedFrames(bytes);
    }

    /**
     * The same frames with arrays as messages.
     *
     * @param frames the frames
     * @return the codec
     */
    public static FrameCodec<byte[]> bytes(FrameCodec<ByteBuffer> frames) {
        return new ConvertedFrames.Bytes(Objects.requireNonNull(frames, "frames"));
    }

    /**
     * The same frames with text as messages. A frame that is not text in the charset is invalid.
     *
     * @param frames the frames
     * @param charset the charset of the text
     * @return the codec
     */
    public static FrameCodec<String> text(FrameCodec<ByteBuffer> frames, Charset charset) {
        return new ConvertedFrames.Text(
                Objects.requireNonNull(frames, "frames"), Objects.requireNonNull(charset, "charset"));
    }

    /**
     * Finds a codec by its text in the configuration, such as {@code line} or {@code length:2,inclusive}.
     *
     * @param text the text
     * @return the codec
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static FrameCodec<ByteBuffer> named(String text) {
        return FrameNames.codec(text);
    }
}
