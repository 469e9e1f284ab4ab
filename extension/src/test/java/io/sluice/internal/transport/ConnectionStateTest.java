package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConnectionStateTest {
    @Test
    void actionRunsWhenTheLastLeavesAfterTheDoorWasShut() {
        AtomicInteger runs = new AtomicInteger();
        ConnectionState uses = new ConnectionState(runs::incrementAndGet);
        assertThat(uses.enter()).isTrue();
        uses.leave();
        assertThat(runs).hasValue(0);
        uses.enter();
        uses.enter();
        uses.endUses();
        assertThat(uses.enter()).isFalse();
        uses.leave();
        assertThat(runs).hasValue(0);
        uses.leave();
        uses.endUses();
        assertThat(uses.enter()).isFalse();
        assertThat(runs).hasValue(1);
    }

    @RepeatedTest(200)
    void actionRunsOnceAndWithNobodyInside() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        AtomicBoolean occupied = new AtomicBoolean();
        ConnectionState uses = new ConnectionState(() -> {
            runs.incrementAndGet();
            occupied.set(inside.get() > 0);
        });
        CyclicBarrier barrier = new CyclicBarrier(3);
        List<Background<Void>> visitors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            visitors.add(Background.start(() -> {
                barrier.await();
                while (uses.enter()) {
                    inside.incrementAndGet();
                    inside.decrementAndGet();
                    uses.leave();
                }
            }));
        }
        barrier.await();
        uses.endUses();
        for (Background<Void> visitor : visitors) {
            visitor.get();
        }
        assertThat(runs).hasValue(1);
        assertThat(occupied).isFalse();
    }
}
