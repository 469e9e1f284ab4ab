package io.sluice.it.support;

import java.nio.file.Files;
import java.nio.file.Path;

/** Serves a connection in a JVM of its own, and says so. */
public final class MeteredMain {

    private MeteredMain() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("metered");
        try (MeteredApplication application = MeteredApplication.start(directory)) {
            application.roundTrips(1);
            application.open().close();
            System.out.println("served");
        } finally {
            Files.delete(directory.resolve("server.crt"));
            Files.delete(directory);
        }
    }
}
