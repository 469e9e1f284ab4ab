package io.sluice.examples.syslog;

import io.sluice.examples.provision.DefaultProperties;
import io.sluice.examples.provision.Identity;
import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Collects until Ctrl-C, and prints the configuration of a sender. If no certificate is configured, it creates one. */
public final class SyslogMain {

    private static final String KEY = "sluice.ssl.syslog.key-store.";
    private static final Logger WELD = Logger.getLogger("org.jboss.weld");

    private SyslogMain() {}

    public static void main(String[] arguments) throws Exception {
        WELD.setLevel(Level.WARNING);
        String trusted = DefaultProperties.isConfigured(KEY) ? "the-CA-of-your-certificate.pem" : provideCertificate();
        try (SeContainer container = SeContainerInitializer.newInstance().initialize()) {
            int port = container
                    .select(SocketServers.class)
                    .get()
                    .named("syslog")
                    .orElseThrow()
                    .address()
                    .getPort();
            System.out.printf("Collecting until Ctrl-C. For rsyslog:%n%n%s%n", forRsyslog(trusted, port));
            System.out.printf(
                    "Or by hand:%n%n  printf '43 <14>1 - localhost sh 1 - - hello, collector'"
                            + " | openssl s_client -connect localhost:%d -CAfile %s -verify_return_error -quiet%n%n",
                    port, trusted);
            new CountDownLatch(1).await();
        }
    }

    /** Returns the file with the certificate, which senders must trust. */
    private static String provideCertificate() throws IOException, GeneralSecurityException {
        Identity generated = Identity.selfSigned("localhost");
        DefaultProperties.add(Map.of(
                KEY + "pem.generated.cert", generated.certificate(), KEY + "pem.generated.key", generated.key()));
        Path file = Files.createTempFile("syslog-", ".crt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, generated.certificate()).toString();
    }

    private static String forRsyslog(String trusted, int port) {
        return """
                  global(DefaultNetstreamDriverCAFile="%s")
                  action(type="omfwd" target="localhost" port="%d" protocol="tcp" TCP_Framing="octet-counted"
                         Template="RSYSLOG_SyslogProtocol23Format" StreamDriver="gtls" StreamDriverMode="1"
                         StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost")
                """.formatted(trusted, port);
    }
}
