package io.sluice.it.server;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Lays the store down that a server's own TLS is configured with, before anything starts the server. */
public final class ManagedKeys implements LauncherSessionListener {

    /** What the server shows, and whom it trusts. */
    static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Server server = Server.current();
        if (server.has(Server.Capability.TLS)) {
            write(server.managedStore());
        }
    }

    private static void write(Path store) {
        try {
            Files.createDirectories(store.getParent());
            try (OutputStream out = Files.newOutputStream(store)) {
                CERTIFICATE.keyStore().store(out, PASSWORD);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
