package io.sluice.benchmarks.compare.server;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM keeps alive. */
final class LiveMemory {

    private static final int COLLECTIONS = 4;

    private LiveMemory() {}

    /** Bytes of heap after collections, and bytes of direct memory, Netty's included. */
    static String now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return heap + " " + (direct + Math.max(0, PlatformDependent.usedDirectMemory()));
    }
}
