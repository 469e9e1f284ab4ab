package io.sluice.internal.cli.devcert;

import io.sluice.internal.cli.devcert.DevelopmentAuthority.Identity;
import io.sluice.internal.cli.devcert.DevelopmentAuthority.Purpose;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The directory with an authority for development and its certificates. The authority stays the same, so that trust in it lasts.
 *
 * @param directory the directory
 */
public record DevelopmentFiles(Path directory) {

    /** The password of the trust store. It protects nothing: a trust store has no secret, but Java requires one. */
    public static final String TRUST_STORE_PASSWORD = "changeit";

    /**
     * The files of the authority.
     *
     * @return its certificate, which peers trust, and its key
     */
    public PemFiles authority() {
        return PemFiles.in(directory, "authority");
    }

    /**
     * The authority in the form that Java's own properties need.
     *
     * @return a PKCS12 trust store
     */
    public Path trustStore() {
        return directory.resolve("authority.p12");
    }

    /**
     * The files of a server's certificate.
     *
     * @return its certificate and key
     */
    public PemFiles server() {
        return PemFiles.in(directory, "server");
    }

    /**
     * The files of a client's certificate.
     *
     * @return its certificate and key
     */
    public PemFiles client() {
        return PemFiles.in(directory, "client");
    }

    /**
     * The configuration of a context {@code dev} with these files.
     *
     * @return a properties file
     */
    public Path properties() {
        return directory.resolve("dev.properties");
    }

    /**
     * Opens the directory's authority, or creates one.
     *
     * @return the authority
     * @throws IOException if a file cannot be read or written; the message says what to do
     * @throws GeneralSecurityException if the files are not those of an authority that can still issue
     */
    public DevelopmentAuthority openAuthority() throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        if (authority().exist()) {
            Identity known = authority().read();
            requireUsable(known);
            if (!Files.exists(trustStore())) {
                writeTrustStore(known);
            }
            return new DevelopmentAuthority(known);
        }
        DevelopmentAuthority created = DevelopmentAuthority.create();
        authority().write(created.identity());
        writeTrustStore(created.identity());
        return created;
    }

    private void requireUsable(Identity known) throws GeneralSecurityException, IOException {
        Instant end = known.certificate().getNotAfter().toInstant();
        if (end.isBefore(Instant.now())) {
            throw new GeneralSecurityException("it expired at " + end);
        }
        if (known.certificate().getBasicConstraints() < 0) {
            throw new GeneralSecurityException("it is not an authority");
        }
        PublicKey key = known.certificate().getPublicKey();
        new DevelopmentAuthority(known)
                .issue(AlternativeName.of("localhost").stream().toList(), Purpose.SERVER, Duration.ofDays(1))
                .certificate()
                .verify(key);
    }

    private void writeTrustStore(Identity created) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("development-authority", created.certificate());
        try (OutputStream out = Files.newOutputStream(trustStore())) {
            store.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
    }

    /**
     * Writes the configuration of a context {@code dev}: the server's key, the client's key if there is one, and trust in the authority.
     *
     * @throws IOException if it cannot be written
     */
    public void writeProperties() throws IOException {
        StringBuilder text = new StringBuilder();
        pair(text, "key-store", server());
        if (client().exist()) {
            pair(text, "client-key-store", client());
        }
        line(text, "trust-store.pem.certs", authority().certificate());
        Files.writeString(properties(), text, StandardCharsets.UTF_8);
    }

    private static void pair(StringBuilder text, String store, PemFiles files) {
        line(text, store + ".pem.0.cert", files.certificate());
        line(text, store + ".pem.0.key", files.key());
    }

    /** In a properties file, a backslash is an escape. Windows accepts the other one. */
    private static void line(StringBuilder text, String key, Path file) {
        text.append("sluice.ssl.dev.")
                .append(key)
                .append('=')
                .append(file.toAbsolutePath().normalize().toString().replace('\\', '/'))
                .append('\n');
    }

    /**
     * The first of the files of certificates that exist already.
     *
     * @param isForClient whether a client's certificate is wanted, too
     * @return the file that would be replaced
     */
    public Optional<Path> existing(boolean isForClient) {
        List<PemFiles> wanted = isForClient ? List.of(server(), client()) : List.of(server());
        return wanted.stream()
                .filter(PemFiles::exist)
                .map(PemFiles::certificate)
                .findFirst();
    }
}
