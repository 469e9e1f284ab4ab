package io.sluice.internal.cli.devcert;

import io.sluice.internal.cli.devcert.DevelopmentAuthority.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate and its key in two PEM files.
 *
 * @param certificate the file of the certificate
 * @param key the file of the key, which only its owner may read
 */
public record PemFiles(Path certificate, Path key) {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    /**
     * The files of a name.
     *
     * @param directory the directory
     * @param name the name, without an extension
     * @return the files, which need not exist
     */
    public static PemFiles in(Path directory, String name) {
        return new PemFiles(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    }

    /**
     * Tests whether there is one of the files.
     *
     * @return true even if the other one is missing
     */
    public boolean exist() {
        return Files.exists(certificate) || Files.exists(key);
    }

    /**
     * Writes new files, and replaces those that exist. The key is never readable by others, not even for a moment.
     *
     * @param identity the key and its certificate
     * @throws IOException if they cannot be written
     * @throws GeneralSecurityException if the certificate cannot be encoded
     */
    public void write(Identity identity) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(key);
        Files.deleteIfExists(certificate);
        createPrivate(key);
        Files.writeString(key, pem(KEY, identity.key().getEncoded()), StandardOpenOption.TRUNCATE_EXISTING);
        Files.writeString(
                certificate, pem(CERTIFICATE, identity.certificate().getEncoded()), StandardOpenOption.CREATE_NEW);
    }

    /**
     * Reads the files.
     *
     * @return the key and its certificate
     * @throws IOException if one cannot be read
     * @throws GeneralSecurityException if one does not contain what its name says
     */
    public Identity read() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate known =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new Identity(readKey(), known);
        }
    }

    private PrivateKey readKey() throws IOException, GeneralSecurityException {
        try (Reader reader = Files.newBufferedReader(key);
                PemReader pem = new PemReader(reader)) {
            PemObject object = pem.readPemObject();
            if (object == null || !object.getType().equals(KEY)) {
                throw new GeneralSecurityException(key + " contains no private key");
            }
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(object.getContent()));
        }
    }

    /** File systems without POSIX permissions protect a file by those of its directory. */
    private static void createPrivate(Path file) throws IOException {
        boolean isPosix = Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)
                    .close();
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another process writes " + file, e);
        }
    }

    private static String pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }
}
