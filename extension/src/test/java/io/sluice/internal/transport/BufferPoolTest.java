package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated
class BufferPoolTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bufferIsLentToOneAtATimeAndComesCleared(boolean direct) {
        BufferPool pool = direct ? BufferPool.DIRECT : BufferPool.HEAP;
        ByteBuffer first = pool.take(100);
        assertThat(first.isDirect()).isEqualTo(direct);
        first.position(10).limit(20);
        pool.release(first);
        ByteBuffer again = pool.take(100);
        assertThat(again).isSameAs(first);
        assertThat(again.remaining()).isEqualTo(BufferPool.CAPACITY);
        Set<ByteBuffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        lent.add(again);
        for (int i = 0; i < 200; i++) {
            assertThat(lent.add(pool.take(100))).isTrue();
        }
        lent.forEach(pool::release);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bufferOfAnUnusualSizeIsNotKept(boolean direct) {
        BufferPool pool = direct ? BufferPool.DIRECT : BufferPool.HEAP;
        ByteBuffer large = pool.take(BufferPool.CAPACITY + 1);
        assertThat(large.capacity()).isEqualTo(BufferPool.CAPACITY + 1);
        pool.release(large);
        assertThat(pool.take(BufferPool.CAPACITY + 1)).isNotSameAs(large);
    }
}
