package io.sluice.examples.records;

import io.sluice.examples.provision.Authority;
import io.sluice.examples.provision.DefaultProperties;
import io.sluice.examples.provision.Identity;
import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Serves until Ctrl-C. If no key is configured, it creates an authority and certificates for clients, and prints commands that
 * use them.
 */
public final class RecordsMain {

    private static final String SSL = "sluice.ssl.records.";
    private static final List<String> CLIENTS = List.of("reader.example", "writer.example", "stranger.example");
    private static final Logger WELD = Logger.getLogger("org.jboss.weld");

    private RecordsMain() {}

    public static void main(String[] arguments) throws Exception {
        WELD.setLevel(Level.WARNING);
        Path directory = Files.createTempDirectory("records-");
        directory.toFile().deleteOnExit();
        boolean generated = !DefaultProperties.isConfigured(SSL + "key-store.");
        if (generated) {
            provideCertificates(directory);
        }
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            int port = container
                    .select(SocketServers.class)
                    .get()
                    .named("records")
                    .orElseThrow()
                    .address()
                    .getPort();
            System.out.printf("Serving on port %d until Ctrl-C.%n", port);
            if (generated) {
                System.out.printf("GET key, PUT key value, DELETE key, WHO, as one of these:%n%n");
                CLIENTS.forEach(client -> System.out.printf(
                        "  openssl s_client -connect localhost:%d -CAfile %s -cert %s -quiet%n",
                        port, directory.resolve("ca.crt"), directory.resolve(client + ".pem")));
            }
            new CountDownLatch(1).await();
        }
    }

    private static void provideCertificates(Path directory) throws IOException, GeneralSecurityException {
        Authority authority = Authority.create("records CA");
        Identity server = authority.issue("localhost");
        DefaultProperties.add(Map.of(
                SSL + "key-store.pem.generated.cert", server.certificate(),
                SSL + "key-store.pem.generated.key", server.key(),
                SSL + "trust-store.pem.certs", authority.certificate()));
        Path trusted = Files.writeString(directory.resolve("ca.crt"), authority.certificate());
        trusted.toFile().deleteOnExit();
        for (String client : CLIENTS) {
            authority
                    .issue(client)
                    .write(directory.resolve(client + ".pem"))
                    .toFile()
                    .deleteOnExit();
        }
    }
}
