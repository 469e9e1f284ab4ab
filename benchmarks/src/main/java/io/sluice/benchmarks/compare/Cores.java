package io.sluice.benchmarks.compare;

/** A core for the servers, another for the clients. */
enum Cores {
    SERVER,
    CLIENT;

    /** The command, kept to this core. */
    Command pinned(Command command) {
        return Command.of("taskset", "-c", Integer.toString(ordinal())).with(command.words());
    }

    static void require() {
        if (Runtime.getRuntime().availableProcessors() < values().length) {
            throw new IllegalStateException("the comparison needs two cores: one for the server, one for the client");
        }
    }
}
