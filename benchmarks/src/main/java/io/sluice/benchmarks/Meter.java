package io.sluice.benchmarks;

import java.io.IOException;

/** Whose CPU time is counted. */
enum Meter {
    /** What the server's machine pays: compiler and collector too, in hundredths of a second. */
    PROCESS("whole process") {
        @Override
        double seconds(ServerProcess server) throws IOException {
            return Cores.cpuSeconds(server.pid());
        }
    },
    /** The thread that accepts, shakes hands and talks: the code itself, without what the JVM happens to do meanwhile. */
    SERVING("serving thread") {
        @Override
        double seconds(ServerProcess server) throws IOException {
            return Cores.cpuSeconds(server.pid(), ServerMain.THREAD);
        }
    };

    private final String label;

    Meter(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** So far. */
    abstract double seconds(ServerProcess server) throws IOException;
}
