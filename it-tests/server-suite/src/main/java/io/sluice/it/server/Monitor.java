package io.sluice.it.server;

import java.io.IOException;

/** Reports what is alive in the server's JVM. */
record Monitor(Deployed monitor) {

    /** Returns the class loaders of an application that remain after a garbage collection. */
    long loaders(String application) throws IOException, InterruptedException {
        return Long.parseLong(monitor.get("monitor/loaders?of=" + application));
    }

    /** Returns the names of the threads that have the class loader of an application. */
    String threads() throws IOException, InterruptedException {
        return monitor.get("monitor/threads");
    }

    /** Returns the memory that is in use after a garbage collection. */
    Footprint footprint() throws IOException, InterruptedException {
        return Footprint.parse(monitor.get("monitor/memory"));
    }

    /** Returns the open files and sockets. */
    OpenDescriptors descriptors() throws IOException, InterruptedException {
        return new OpenDescriptors(monitor.get("monitor/descriptors").lines().toList());
    }
}
