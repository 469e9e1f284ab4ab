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

/** Lays the store down that a server's own TLS is configured with, before anything starts the server. */
public final class ManagedKeys implements LauncherSessionListener {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private static volatile TestCertificate current = TestCertificate.ec("localhost");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Server.current().has(Server.Capability.TLS)) {
            write(current);
        }
    }

    /** What the server shows, and whom it trusts. */
    static TestCertificate current() {
        return current;
    }

    /** Puts another certificate in its place, for the server to read. */
    static TestCertificate replace() {
        TestCertificate renewed = TestCertificate.ec("localhost");
        write(renewed);
        current = renewed;
        return renewed;
    }

    /** At once: nobody is to read half of it. */
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
