package io.sluice.message;

import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * The frames of another codec with messages of another type.
 *
 * @param <M> the type of the messages
 */
abstract class ConvertedFrames<M> implements FrameCodec<M> {

    private final FrameCodec<ByteBuffer> frames;

    private ConvertedFrames(FrameCodec<ByteBuffer> frames) {
        this.frames = frames;
    }

    @Override
    public int skip(ByteBuffer received) {
        return frames.skip(received);
    }

    @Override
    public long frameLength(ByteBuffer received, int examined) throws FrameException {
        return frames.frameLength(received, examined);
    }

    @Override
    public M decode(ByteBuffer frame) throws FrameException {
        return message(frames instanceof PayloadFrames own ? own.payload(frame) : frames.decode(frame));
    }

    /** Makes the message of a payload, and copies it. */
    abstract M message(ByteBuffer payload) throws FrameException;

    @Override
    public ByteBuffer[] encode(M message) throws FrameException {
        return frames.encode(bytes(message));
    }

    abstract ByteBuffer bytes(M message) throws FrameException;

    @Override
    public ByteBuffer[] lastReply(SocketStreamException condition) {
        return frames.lastReply(condition);
    }

    /** Messages are arrays. */
    static final class Bytes extends ConvertedFrames<byte[]> {

        Bytes(FrameCodec<ByteBuffer> frames) {
            super(frames);
        }

        @Override
        byte[] message(ByteBuffer payload) {
            return PayloadFrames.copy(payload);
        }

        @Override
        ByteBuffer bytes(byte[] message) {
            return ByteBuffer.wrap(message);
        }
    }

    /** Messages are text. */
    static final class Text extends ConvertedFrames<String> {

        private final Charset charset;

        Text(FrameCodec<ByteBuffer> frames, Charset charset) {
            super(frames);
            this.charset = charset;
        }

        @Override
        String message(ByteBuffer payload) throws FrameException {
            try {
                return charset.newDecoder().decode(payload).toString();
            } catch (CharacterCodingException e) {
                throw new FrameException("the message is not text in " + charset, e);
            }
        }

        @Override
        ByteBuffer bytes(String message) throws FrameException {
            try {
                return charset.newEncoder().encode(CharBuffer.wrap(message));
            } catch (CharacterCodingException e) {
                throw new FrameException("the message has characters that " + charset + " does not have", e);
            }
        }
    }
}
