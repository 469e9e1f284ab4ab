package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
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
        assertThat(again.remaining()).isEqualTo(pool.capacity());
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
        ByteBuffer large = pool.take(pool.capacity() + 1);
        assertThat(large.capacity()).isEqualTo(pool.capacity() + 1);
        pool.release(large);
        assertThat(pool.take(pool.capacity() + 1)).isNotSameAs(large);
    }

    @Test
    void beyondTheLimitBuffersAreOnTheHeapUntilDirectOnesAreCollected() {
        List<ByteBuffer> lent = new ArrayList<>();
        for (int i = 0; i < BufferPool.MOST_DIRECT + 10; i++) {
            lent.add(BufferPool.DIRECT.take(100));
        }
        assertThat(lent).filteredOn(ByteBuffer::isDirect).hasSizeLessThanOrEqualTo(BufferPool.MOST_DIRECT);
        assertThat(lent).extracting(ByteBuffer::capacity).containsOnly(BufferPool.DIRECT.capacity());
        lent.forEach(BufferPool.DIRECT::release);
        lent.clear();
        Awaitility.await().until(() -> {
            System.gc();
            List<ByteBuffer> more = new ArrayList<>();
            for (int i = 0; i < BufferPool.SLOTS + 10; i++) {
                more.add(BufferPool.DIRECT.take(100));
            }
            more.forEach(BufferPool.DIRECT::release);
            return more.stream().allMatch(ByteBuffer::isDirect);
        });
    }

    @Test
    void buffersForCopiesAreApartAndLimited() {
        List<ByteBuffer> ofWriters = new ArrayList<>();
        for (int i = 0; i < BufferPool.MOST_DIRECT + 1; i++) {
            ofWriters.add(BufferPool.DIRECT.take(100));
        }
        Set<ByteBuffer> copies = Collections.newSetFromMap(new IdentityHashMap<>());
        ByteBuffer copy = BufferPool.HEAP.takeForCopy();
        while (copy != null) {
            assertThat(copy.isDirect()).isTrue();
            assertThat(copies.add(copy)).isTrue();
            assertThat(copies).hasSizeLessThanOrEqualTo(BufferPool.SLOTS);
            copy = BufferPool.DIRECT.takeForCopy();
        }
        assertThat(copies).isNotEmpty();
        ByteBuffer any = copies.iterator().next();
        BufferPool.HEAP.releaseCopy(any.position(7));
        assertThat(BufferPool.DIRECT.takeForCopy()).isSameAs(any);
        assertThat(any.position()).isZero();
        copies.forEach(BufferPool.HEAP::releaseCopy);
        ofWriters.forEach(BufferPool.DIRECT::release);
    }
}
