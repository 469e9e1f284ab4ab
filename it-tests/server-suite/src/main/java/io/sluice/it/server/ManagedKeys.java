package io.sluice.it.server;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Writes the key store of the server's own TLS before the server starts. */
public final class ManagedKeys implements LauncherSessionListener {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static volatile TestCertificate current = TestCertificate.ec("localhost");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Server.current().has(Server.Capability.TLS)) {
            write(current);
        }
    }

    /** The certificate of the server, which is also its trust. */
    static TestCertificate current() {
        return current;
    }

    /** Replaces the certificate in the store. */
    static TestCertificate replace() {
        TestCertificate renewed = TestCertificate.ec("localhost");
        write(renewed);
        current = renewed;
        return renewed;
    }

    /** Replaces the file atomically, so that nobody reads half of it. */
    private static void write(TestCertificate certificate) {
        Path store = Server.current().managedStore();
        try {
            Files.createDirectories(store.getParent());
            Path written = Files.createTempFile(store.getParent(), "managed", ".new");
            try (OutputStream out = Files.newOutputStream(written)) {
                certificate.keyStore().store(out, PASSWORD);
            }
            Files.move(written, store, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
