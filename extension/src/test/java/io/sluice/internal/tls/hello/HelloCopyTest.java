package io.sluice.internal.tls.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy of a hello, in any fragments, and its limit. */
class HelloCopyTest {

    private static byte[] message(int content) {
        byte[] message = new byte[HandshakeMessages.HEADER + content];
        new Random(1).nextBytes(message);
        message[0] = 1;
        message[1] = (byte) (content >> 16);
        message[2] = (byte) (content >> 8);
        message[3] = (byte) content;
        return message;
    }

    private static HelloCopy copy(byte[] bytes, int fragment) {
        HelloCopy copy = new HelloCopy();
        for (int i = 0; i < bytes.length; i += fragment) {
            copy.add(ByteBuffer.wrap(bytes, i, Math.min(fragment, bytes.length - i)));
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 100, 1_000, 100_000})
    void messageIsCopiedWhateverItsFragments(int fragment) {
        byte[] message = message(HandshakeMessages.MAX_LENGTH);

        HelloCopy copy = copy(message, fragment);

        assertThat(copy.isComplete()).isTrue();
        assertThat(copy.message()).isEqualTo(ByteBuffer.wrap(message));
    }

    @Test
    void whatFollowsTheMessageIsNotKept() {
        byte[] two = new byte[2_000];
        System.arraycopy(message(500), 0, two, 0, 504);

        assertThat(copy(two, 1_999).message()).isEqualTo(ByteBuffer.wrap(message(500)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 100_000})
    void nothingIsKeptOfALongerMessage(int fragment) {
        HelloCopy copy = copy(message(HandshakeMessages.MAX_LENGTH + 1), fragment);

        assertThat(copy.isComplete()).isTrue();
        assertThat(copy.message().hasRemaining()).isFalse();
    }

    @Test
    void incompleteMessageIsEmpty() {
        assertThat(copy(message(100), 50).message().remaining()).isEqualTo(104);
        assertThat(copy(Arrays.copyOf(message(100), 103), 50).message().hasRemaining())
                .isFalse();
    }
}
