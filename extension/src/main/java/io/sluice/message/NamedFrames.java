package io.sluice.message;

import io.sluice.internal.Internal;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The codecs that a configuration names, for the types of messages that need no bean.
 *
 * @hidden
 */
@Internal
public final class NamedFrames {

    private NamedFrames() {}

    /**
     * Tests whether messages of a type are bytes or text.
     *
     * @param type the type
     * @return true for {@code byte[]}, {@code ByteBuffer} and {@code String}
     */
    public static boolean have(Type type) {
        return isBytes(type) || type == ByteBuffer.class || type == String.class;
    }

    /**
     * Finds a codec.
     *
     * @param text the configured frames
     * @param type the type of the messages
     * @return the codec; empty if the type is another one
     * @throws IllegalArgumentException if there are no such frames; the message lists what there is
     */
    public static Optional<FrameCodec<?>> codec(String text, Type type) {
        FrameCodec<ByteBuffer> frames = Frames.named(text);
        if (type == ByteBuffer.class) {
            return Optional.of(frames);
        } else if (type == String.class) {
            return Optional.of(Frames.text(frames, StandardCharsets.UTF_8));
        }
        return isBytes(type) ? Optional.of(Frames.bytes(frames)) : Optional.empty();
    }

    private static boolean isBytes(Type type) {
        return type == byte[].class
                || type instanceof GenericArrayType array && array.getGenericComponentType() == byte.class;
    }
}
