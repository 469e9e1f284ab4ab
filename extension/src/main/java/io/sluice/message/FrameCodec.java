package io.sluice.message;

import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;

/**
 * Cuts the bytes of a connection into frames, and translates between frames and messages. {@code Frames} has codecs of common protocols.
 * For any other protocol, an application writes a bean of this type: a message endpoint whose messages are of the type {@code M} uses the
 * bean of type {@code FrameCodec<M>}.
 *
 * <p>One codec serves all connections, so it keeps no state of one. Its methods do not wait: {@link #frameLength} is called by the thread
 * that receives for all idle connections of an endpoint. A codec must be thread-safe.
 *
 * @param <M> the type of the messages
 */
public interface FrameCodec<M> {

    /**
     * Counts the bytes that lie between two frames, such as line ends or keep-alives. They are dropped, and they do not begin a frame: the
     * time of a frame does not start with them. It is called before {@link #frameLength} sees the first byte of a frame.
     *
     * @param received the bytes after the last frame, between position and limit; at least one. The codec must not change the buffer's
     *     contents, position or limit
     * @return how many bytes from the position on belong to no frame; by default 0
     */
    default int skip(ByteBuffer received) {
        return 0;
    }

    /**
     * Finds the length of the frame at the beginning of what has been received. It is called when bytes arrive until the length is known,
     * and then no more for this frame. The caller compares the length with its limit before it allocates memory for the frame.
     *
     * @param received the bytes from the first one of the frame on, between position and limit; at least one. There may be fewer bytes than
     *     the frame has, or more. The codec must not change the buffer's contents, position or limit
     * @param examined how many of these bytes an earlier call for this frame has seen; 0 for the first call. A codec that looks for a
     *     terminator can go on from there
     * @return the length of the whole frame in bytes, even if they have not all arrived; or {@link #needs} if it cannot be told yet
     * @throws FrameException if the bytes are not the beginning of a frame; the connection then ends
     */
    long frameLength(ByteBuffer received, int examined) throws FrameException;

    /**
     * Makes the message of a frame. Called on the thread that then calls the handler.
     *
     * @param frame exactly the bytes of the frame, valid only during the call: copy what the message keeps
     * @return the message
     * @throws FrameException if the frame is malformed; the connection then ends
     */
    M decode(ByteBuffer frame) throws FrameException;

    /**
     * Makes the frame of a message.
     *
     * @param message the message
     * @return buffers that together are the frame, which are written at once; the caller only reads them
     * @throws FrameException if the message cannot be a frame, for example because it is too long
     */
    ByteBuffer[] encode(M message) throws FrameException;

    /**
     * Gives the last frame to send before a connection is closed because of the peer's frame: one that is too long, too slow or invalid.
     *
     * @param condition the reason
     * @return buffers that together are the frame; by default none
     */
    default ByteBuffer[] lastReply(SocketStreamException condition) {
        return new ByteBuffer[0];
    }

    /**
     * Says that the length of a frame is unknown until a number of bytes have arrived.
     *
     * @param bytes the least number of bytes from the beginning of the frame on; more than have arrived
     * @return what {@link #frameLength} returns then
     */
    static long needs(long bytes) {
        return -bytes;
    }
}
