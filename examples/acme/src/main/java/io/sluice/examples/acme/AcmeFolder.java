package io.sluice.examples.acme;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.util.KeyPairUtils;

/**
 * The files that survive a restart: {@code account.key} and {@code certificate.pem}, which only their owner can read. A key and its
 * certificates are in one file, which is replaced in one step, so they always belong together.
 */
final class AcmeFolder {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final int RSA_BITS = 2048;

    private final Path folder;

    AcmeFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Reads the account's key, or makes one at the first call. */
    KeyPair accountKey() throws IOException {
        Path file = folder.resolve("account.key");
        if (Files.exists(file)) {
            requireOwnerOnly(file);
            return KeyPairUtils.readKeyPair(new StringReader(Files.readString(file)));
        }
        KeyPair made = KeyPairUtils.createKeyPair(RSA_BITS);
        StringWriter text = new StringWriter();
        KeyPairUtils.writeKeyPair(made, text);
        replace(file, text.toString());
        return made;
    }

    Optional<CertifiedKey> certificate() throws IOException {
        Path file = certificateFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        requireOwnerOnly(file);
        try {
            return Optional.of(CertifiedKey.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be read: " + e.getMessage() + ". Remove it to obtain another certificate", e);
        }
    }

    void store(CertifiedKey issued) throws IOException {
        replace(certificateFile(), issued.pem());
    }

    /** When the certificate was stored. */
    Instant lastIssued() throws IOException {
        return Files.getLastModifiedTime(certificateFile()).toInstant();
    }

    private Path certificateFile() {
        return folder.resolve("certificate.pem");
    }

    private void replace(Path file, String text) throws IOException {
        Files.createDirectories(folder, attributes(OWNER_ONLY_FOLDER));
        Path next = Files.createTempFile(folder, "next", ".pem", attributes(OWNER_ONLY));
        try {
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private void requireOwnerOnly(Path file) throws IOException {
        if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(
                    file + " is not only its owner's: others can read or change the private key in it. Run chmod 600 "
                            + file + ", and replace the key if somebody may have read it");
        }
    }
}
