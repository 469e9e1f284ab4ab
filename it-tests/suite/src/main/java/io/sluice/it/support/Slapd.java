package io.sluice.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real OpenLDAP server for LDAP over TLS that requires a client certificate. It has no entries but its own. */
public final class Slapd implements Closeable {

    private static final Path PROGRAM = Path.of("/usr/sbin/slapd"); // It is not on the PATH of every user.

    private final PortRetry.Listening server;

    private Slapd(PortRetry.Listening server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param directory an empty directory
     * @param certificate the certificate of the server
     * @param clients the certificates of the authorities of clients, in PEM
     */
    public static Slapd start(Path directory, TestChain certificate, String clients) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "slapd is not installed: this test needs it as a peer");
        certificate.write(directory, "server");
        Files.writeString(directory.resolve("clients.crt"), clients);
        Path configuration = Files.writeString(directory.resolve("slapd.conf"), """
                pidfile %1$s/slapd.pid
                TLSCertificateFile %1$s/server.crt
                TLSCertificateKeyFile %1$s/server.key
                TLSCACertificateFile %1$s/clients.crt
                TLSVerifyClient demand
                """.formatted(directory));
        return new Slapd(PortRetry.start(port -> ProcessPeer.start(
                PROGRAM.toString(), "-d", "none", "-f", configuration.toString(), "-h", "ldaps://127.0.0.1:" + port)));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.process().close();
    }
}
