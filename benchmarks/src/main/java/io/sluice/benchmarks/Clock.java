package io.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What time is taken by. */
enum Clock {
    /** Time that passes: what a user waits, and on a busy machine what others cost. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    },
    /** CPU time of this thread: neither compiler nor collector, nor what it has others do. */
    THREAD {
        @Override
        long nanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    },
    /** CPU time of this whole process, compiler and collector included. */
    CPU {
        @Override
        long nanos() {
            return PROCESS.getProcessCpuTime();
        }
    };

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    abstract long nanos();

    double millisSince(long began) {
        return (nanos() - began) / 1e6;
    }
}
