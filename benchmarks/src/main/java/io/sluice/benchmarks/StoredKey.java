package io.sluice.benchmarks;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/** The key of a server: ECDSA on P-256, in a PKCS12 store. */
final class StoredKey {

    private static final String PASSWORD = "changeit";

    private StoredKey() {}

    static Path write(Path directory) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            TestCertificate.ec("localhost").keyStore().store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    /** As it is configured for the context {@code web}. */
    static Map<String, String> properties(Path store) {
        return Map.of(
                "sluice.ssl.web.key-store.p12.path",
                store.toString(),
                "sluice.ssl.web.key-store.p12.password",
                PASSWORD);
    }
}
