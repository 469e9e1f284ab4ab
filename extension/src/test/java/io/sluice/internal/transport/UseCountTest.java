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
        UseCount occupancy = new UseCount(runs::incrementAndGet);
        assertThat(occupancy.enter()).isTrue();
        occupancy.leave();
        assertThat(runs).hasValue(0);
        occupancy.enter();
        occupancy.enter();
        occupancy.shut();
        assertThat(occupancy.enter()).isFalse();
        occupancy.leave();
        assertThat(runs).hasValue(0);
        occupancy.leave();
        occupancy.shut();
        assertThat(occupancy.enter()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @RepeatedTest(200)
    void actionRunsOnceAndWithNobodyInside() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean occupied = new AtomicBoolean();
        UseCount occupancy = new UseCount(() -> {
            runs.incrementAndGet();
            occupied.set(inside.get() > 0);
        });
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Background<Void>> visitors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            visitors.add(Background.start(() -> {
                barrier.await();
                while (occupancy.enter()) {
                    inside.incrementAndGet();
                    inside.decrementAndGet();
                    occupancy.leave();
                }
            }));
        }
        barrier.await();
        occupancy.shut();
        for (Background<Void> visitor : visitors) {
            visitor.get();
        }
        assertThat(runs).hasValue(1);
        assertThat(occupied).isFalse();
    }
}
