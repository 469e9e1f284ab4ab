package io.sluice.benchmarks;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM keeps alive. */
final class Memory {

    private static final int COLLECTIONS = 4;

    private Memory() {}

    /** Bytes of heap after collections, and of direct buffers. */
    static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + direct;
    }
}
