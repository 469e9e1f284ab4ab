package io.sluice.it.server;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The key and the certificate of an application, in files outside it. */
final class KeyFiles {

    private final Path certificate;
    private final Path key;
    private TestCertificate current;

    private KeyFiles(Path directory) {
        this.certificate = directory.resolve("certificate.pem");
        this.key = directory.resolve("key.pem");
        this.current = replace();
    }

    /** Writes the first certificate. */
    static KeyFiles of(String application) {
        try {
            return new KeyFiles(
                    Files.createDirectories(Server.current().directory().resolve("keys/" + application)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestCertificate current() {
        return current;
    }

    /** Replaces both files, each at once. */
    TestCertificate replace() {
        TestCertificate next = TestCertificate.ec("localhost");
        try {
            move(next.certificatePem(), certificate);
            move(next.keyPem(), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current = next;
        return next;
    }

    private static void move(String content, Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The configuration of a context that follows the files. */
    Map<String, String> configuration(String context) {
        String prefix = "sluice.ssl." + context + ".";
        return Map.of(
                prefix + "key-store.pem.0.cert", certificate.toString(),
                prefix + "key-store.pem.0.key", key.toString(),
                prefix + "reload-period", "200ms");
    }
}
