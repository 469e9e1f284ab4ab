package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which process runs where, and how much of it a process has used. Linux only. */
final class Cores {

    static final int SERVER = 0;
    static final int CLIENT = 1;

    /** Of user space, on every Linux: what /proc counts in. */
    private static final double TICKS_PER_SECOND = 100;

    private static final boolean ENOUGH = Runtime.getRuntime().availableProcessors() > 1;

    private Cores() {}

    /** The beginning of a command whose process is to keep to a core. */
    static List<String> pinnedTo(int core) {
        return ENOUGH ? List.of("taskset", "-c", Integer.toString(core)) : List.of();
    }

    /** Keeps this process, all its threads, to a core. */
    static void pinSelf(int core) throws IOException, InterruptedException {
        if (ENOUGH) {
            String self = Long.toString(ProcessHandle.current().pid());
            int failed = new ProcessBuilder("taskset", "-acp", Integer.toString(core), self)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (failed != 0) {
                throw new IOException("taskset could not pin this process to core " + core);
            }
        }
    }

    static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name, in parentheses, may hold spaces; user and system time are the 14th and 15th field.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** The same of the threads of a name alone, and to the nanosecond. */
    static double cpuSeconds(long pid, String thread) throws IOException {
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks) {
                nanos += nanos(task, thread);
            }
        }
        return nanos / 1e9;
    }

    /** Of a task of that name; 0 of others, which may end meanwhile. */
    private static long nanos(Path task, String thread) {
        try {
            return Files.readString(task.resolve("comm")).strip().equals(thread)
                    ? Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0])
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
