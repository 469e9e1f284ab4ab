package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.sluice.internal.tls.Buffers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The buffers for copies: each belongs to one engine at a time, and is as long as it asked for. */
class EngineBuffersTest {

    @BeforeAll
    static void loadLibrary() {
        assertThat(NativeLibrary.unavailable()).isEmpty();
    }

    @Test
    void bufferIsAsLongAsAsked() {
        for (int length : new int[] {1, 20_000, 5, Buffers.CAPACITY, Buffers.CAPACITY + 1}) {
            ByteBuf buffer = EngineBuffers.SHARED.directBuffer(length);
            assertThat(buffer.writableBytes()).isEqualTo(length);
            assertThat(buffer.readableBytes()).isZero();
            buffer.writeZero(length);
            buffer.release();
        }
    }

    @Test
    void bytesComeBack() {
        ByteBuf buffer = EngineBuffers.SHARED.directBuffer(4);
        buffer.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        ByteBuffer target = ByteBuffer.allocate(4).position(1).limit(3);
        buffer.getBytes(1, target);
        buffer.release();

        assertThat(target.array()).containsExactly(0, 2, 3, 0);
        assertThat(target.hasRemaining()).isFalse();
    }

    @Test
    void buffersInUseDoNotOverlap() {
        List<ByteBuf> used = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 40; i++) {
                used.add(EngineBuffers.SHARED.directBuffer(8).writeLong(i));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(used.get(i).getLong(0)).isEqualTo(i);
            }
            assertThat(used.stream().map(ByteBuf::memoryAddress)).doesNotHaveDuplicates();
            used.forEach(ByteBuf::release);
            used.clear();
        }
    }

    @Test
    void bufferIsReleasedOnce() {
        ByteBuf buffer = EngineBuffers.SHARED.directBuffer(8);
        buffer.release();
        assertThatThrownBy(buffer::release).isInstanceOf(IllegalReferenceCountException.class);
    }
}
