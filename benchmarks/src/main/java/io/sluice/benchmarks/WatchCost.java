package io.sluice.benchmarks;

import com.sun.management.ThreadMXBean;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to watch 100 contexts with 300 files: the CPU time of the thread that looks at them. Arguments: the reload period (1m) and
 * how many periods to measure (3).
 */
final class WatchCost {

    private static final int CONTEXTS = 100;
    private static final String THREAD = "sluice-context-watch";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WatchCost() {}

    public static void main(String[] arguments) throws Exception {
        String period = arguments.length > 0 ? arguments[0] : "1m";
        int periods = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        long seconds = seconds(period);
        Path directory = TemporaryFiles.directory();
        try (SeContainer container =
                WeldApplication.start(WeldApplication.configuration(properties(directory, period)), new Extension[0])) {
            TimeUnit.SECONDS.sleep(5);
            long thread = watch();
            System.out.printf(
                    "JDK %s, %d contexts, %d files, every %s%n",
                    System.getProperty("java.version"), CONTEXTS, 3 * CONTEXTS, period);
            for (int i = 0; i < periods; i++) {
                long cpu = THREADS.getThreadCpuTime(thread);
                long allocated = THREADS.getThreadAllocatedBytes(thread);
                TimeUnit.SECONDS.sleep(seconds);
                double spent = THREADS.getThreadCpuTime(thread) - cpu;
                System.out.printf(
                        "%.1f ms of CPU, %.4f %% of a core, %,d KB allocated%n",
                        spent / 1e6,
                        spent / 1e7 / seconds,
                        (THREADS.getThreadAllocatedBytes(thread) - allocated) / 1024);
            }
            if (!container.isRunning()) {
                throw new IllegalStateException("the container ended");
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private static long seconds(String period) {
        return period.endsWith("m")
                ? 60L * Integer.parseInt(period.replace("m", ""))
                : Integer.parseInt(period.replace("s", ""));
    }

    private static long watch() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals(THREAD))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no thread " + THREAD))
                .getThreadId();
    }

    private static Map<String, String> properties(Path directory, String period) throws IOException {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain chain = authority.issue("localhost");
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < CONTEXTS; i++) {
            String name = "context-" + i;
            chain.write(directory, name);
            Path trust = Files.writeString(directory.resolve(name + ".pem"), authority.pem());
            String prefix = "sluice.ssl." + name + ".";
            properties.put(
                    prefix + "key-store.pem.0.cert",
                    directory.resolve(name + ".crt").toString());
            properties.put(
                    prefix + "key-store.pem.0.key",
                    directory.resolve(name + ".key").toString());
            properties.put(prefix + "trust-store.pem.certs", trust.toString());
            properties.put(prefix + "reload-period", period);
        }
        return properties;
    }
}
