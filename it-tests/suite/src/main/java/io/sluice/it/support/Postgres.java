package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL server with an empty database, for TLS only, that requires a client certificate. */
public final class Postgres implements Closeable {

    /** PostgreSQL refuses to run as root. */
    private static final String ORDINARY_USER = "nobody";

    private final PortRetry.Listening server;

    private Postgres(PortRetry.Listening server) {
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param directory an empty directory
     * @param certificate the certificate of the server
     * @param clients the certificates of the authorities of clients, in PEM
     */
    public static Postgres start(Path directory, TestChain certificate, String clients)
            throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "postgresql is not installed: this test needs it as a peer");
        Path bin = programs.orElseThrow();
        Path data = Files.createDirectories(directory.resolve("data"));
        certificate.write(directory, "server");
        Files.writeString(directory.resolve("clients.crt"), clients);
        Files.setPosixFilePermissions(directory.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        giveToOrdinaryUser(directory);
        initialise(bin, data);
        Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n");
        return new Postgres(PortRetry.start(port -> run(
                bin.resolve("postgres"),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=" + directory.resolve("server.crt"),
                "-c",
                "ssl_key_file=" + directory.resolve("server.key"),
                "-c",
                "ssl_ca_file=" + directory.resolve("clients.crt"))));
    }

    private static void initialise(Path bin, Path data) throws IOException, InterruptedException {
        try (ProcessPeer initdb = run(
                bin.resolve("initdb"),
                "--pgdata=" + data,
                "--username=sluice",
                "--auth=trust",
                "--no-locale",
                "--encoding=UTF8",
                "--no-sync")) {
            String printed = initdb.awaitEnd();
            assertThat(initdb.exitCode()).as(printed).isZero();
        }
    }

    /** Debian installs each version in a directory of its own, which is not on the PATH. */
    private static Optional<Path> programs() throws IOException {
        Path debian = Path.of("/usr/lib/postgresql");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(debian)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(debian)) {
                versions.forEach(version -> found.add(version.resolve("bin")));
            }
        }
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(Path::of)
                .forEach(found::add);
        return found.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .findFirst();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void giveToOrdinaryUser(Path directory) throws IOException {
        if (isRoot()) {
            UserPrincipal user =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ORDINARY_USER);
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.toList()) {
                    Files.setOwner(file, user);
                }
            }
        }
    }

    private static ProcessPeer run(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", ORDINARY_USER, "--") : List.of());
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return ProcessPeer.start(command.toArray(String[]::new));
    }

    public int port() {
        return server.port();
    }

    /** Asks it to end, which ends its child processes too. */
    @Override
    public void close() {
        server.process().terminate();
        try {
            server.process().awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.process().close();
        }
    }
}
