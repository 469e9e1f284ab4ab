package io.sluice.examples.echo;

import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The main job: starts the echo service, tests it once, and serves until Ctrl-C. With {@code --once}, it ends after the
 * test.
 */
public final class EchoExample {

    /** Silenced, because its start-up messages would hide the output of the example. */
    private static final Logger WELD = Logger.getLogger("org.jboss.weld");

    private EchoExample() {}

    /** Ends with exit code 0 if the test passed, or else prints the reason and ends with 1. */
    public static void main(String[] arguments) {
        try {
            run(List.of(arguments).contains("--once"));
        } catch (Exception e) {
            System.err.println("The echo example failed: " + e);
            System.exit(1);
        }
    }

    private static void run(boolean once) throws Exception {
        System.out.println("Starting the echo service, then a client that tries it");
        WELD.setLevel(Level.WARNING);
        EchoConfiguration.complete();
        Config config = ConfigProvider.getConfig();
        String name = config.getOptionalValue("echo.name", String.class).orElse("localhost");
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            int port = port(container.select(SocketServers.class).get());
            container.select(EchoClient.class).get().check(name, port);
            if (!once) {
                System.out.printf(
                        "%nServing until Ctrl-C. Try it:%n  openssl s_client -connect localhost:%d -quiet%n", port);
                untilInterrupted();
            }
        }
    }

    private static int port(SocketServers servers) {
        return servers.named("echo").orElseThrow().address().getPort();
    }

    private static void untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
