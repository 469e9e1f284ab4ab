package io.sluice.it.server;

import java.io.IOException;

/** What is alive in the server's JVM. */
record Monitor(Deployed monitor) {

    /** The class loaders of an application, by its context path, that are still there after a collection. */
    long loaders(String application) throws IOException, InterruptedException {
        return Long.parseLong(monitor.get("monitor/loaders?of=" + application));
    }

    /** The names of the threads that have the class loader of an application. */
    String threads() throws IOException, InterruptedException {
        return monitor.get("monitor/threads");
    }

    /** What is open. */
    OpenDescriptors descriptors() throws IOException, InterruptedException {
        return new OpenDescriptors(monitor.get("monitor/descriptors").lines().toList());
    }
}
