package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UseCountTest {
    @Test
    void actionRunsWhenTheLastLeavesAfterTheDoorWasShut() {
        AtomicInteger runs = new AtomicInteger();
        UseCount uses = new UseCount(runs::incrementAndGet);
        assertThat(uses.acquire()).isTrue();
        uses.release();
        assertThat(runs).hasValue(0);
        uses.acquire();
        uses.acquire();
        uses.close();
        assertThat(uses.acquire()).isFalse();
        uses.release();
        assertThat(runs).hasValue(0);
        uses.release();
        uses.close();
        assertThat(uses.acquire()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @RepeatedTest(200)
    void actionRunsOnceAndWithNobodyInside() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean occupied = new AtomicBoolean();
        UseCount uses = new UseCount(() -> {
            runs.incrementAndGet();
            occupied.set(inside.get() > 0);
        });
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Background<Void>> visitors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            visitors.add(Background.start(() -> {
                barrier.await();
                while (uses.acquire()) {
                    inside.incrementAndGet();
                    inside.decrementAndGet();
                    uses.release();
                }
            }));
        }
        barrier.await();
        uses.close();
        for (Background<Void> visitor : visitors) {
            visitor.get();
        }
        assertThat(runs).hasValue(1);
        assertThat(occupied).isFalse();
    }
}
