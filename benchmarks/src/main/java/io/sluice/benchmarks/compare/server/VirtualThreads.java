package io.sluice.benchmarks.compare.server;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Virtual threads, where the JDK has them: this is compiled for one that has not. */
final class VirtualThreads {

    private VirtualThreads() {}

    static Executor executor() {
        try {
            return (Executor)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("needs a JDK with virtual threads: 25, say", e);
        }
    }
}
