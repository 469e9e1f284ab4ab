package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.ContextDescription;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A context follows the files that it was read from, whatever replaces them, and whatever is wrong with them meanwhile. */
class FollowedFilesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain FIRST = AUTHORITY.issue("first.test");
    private static final TestChain SECOND = AUTHORITY.issue("second.test");

    @TempDir
    Path directory;

    /** The ways in which tools replace certificates. */
    private enum Replacement {
        IN_PLACE {
            @Override
            void replace(Path directory, TestChain chain) throws Exception {
                Files.writeString(directory.resolve("web.crt"), chain.pem());
                Files.writeString(directory.resolve("web.key"), chain.keyPem());
            }
        },
        /** The size is the same, and the time is set back. */
        IN_PLACE_WITH_AN_OLD_TIME {
            @Override
            void replace(Path directory, TestChain chain) throws Exception {
                for (String name : new String[] {"web.crt", "web.key"}) {
                    Path file = directory.resolve(name);
                    FileTime old = Files.getLastModifiedTime(file);
                    Files.writeString(file, name.endsWith("crt") ? chain.pem() : chain.keyPem());
                    Files.setLastModifiedTime(file, old);
                }
            }
        },
        ATOMIC_RENAME {
            @Override
            void replace(Path directory, TestChain chain) throws Exception {
                Path fresh = Files.createDirectory(directory.resolve("fresh"));
                chain.write(fresh, "web");
                for (String name : new String[] {"web.crt", "web.key"}) {
                    Files.move(fresh.resolve(name), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        },
        REMOVE_AND_WRITE {
            @Override
            void replace(Path directory, TestChain chain) throws Exception {
                Files.delete(directory.resolve("web.crt"));
                Files.delete(directory.resolve("web.key"));
                chain.write(directory, "web");
            }
        };

        abstract void replace(Path directory, TestChain chain) throws Exception;
    }

    private Watching watching() throws Exception {
        FIRST.write(directory, "web");
        return new Watching(
                "key-store.pem.0.cert", directory + "/web.crt", "key-store.pem.0.key", directory + "/web.key");
    }

    private static String subject(ContextDescription described) {
        return described.keys().get(0).chain().get(0).subject();
    }

    @ParameterizedTest
    @EnumSource
    void replacedFilesAreUsed(Replacement replacement) throws Exception {
        try (Watching web = watching()) {
            replacement.replace(directory, SECOND);

            ContextReloaded event = web.await(ContextReloaded.class, 1);

            assertThat(event.generation()).isEqualTo(2);
            assertThat(subject(event.before())).isEqualTo("CN=first.test");
            assertThat(subject(event.after())).isEqualTo("CN=second.test");
            assertThat(subject(web.context().describe())).isEqualTo("CN=second.test");
            assertThat(web.events(ContextReloadFailed.class)).isEmpty();
        }
    }

    /** Kubernetes exchanges the link to a directory, so neither the files nor the links to them change. */
    @Test
    void exchangedLinkOfADirectoryIsNoticed() throws Exception {
        Path old = Files.createDirectory(directory.resolve("..2026_01"));
        Path fresh = Files.createDirectory(directory.resolve("..2026_02"));
        FIRST.write(old, "web");
        SECOND.write(fresh, "web");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
        Files.createSymbolicLink(directory.resolve("web.crt"), Path.of("..data/web.crt"));
        Files.createSymbolicLink(directory.resolve("web.key"), Path.of("..data/web.key"));
        try (Watching web = new Watching(
                "key-store.pem.0.cert", directory + "/web.crt", "key-store.pem.0.key", directory + "/web.key")) {
            Path exchanged = Files.createSymbolicLink(directory.resolve("..tmp"), fresh.getFileName());
            Files.move(exchanged, data, StandardCopyOption.ATOMIC_MOVE);

            assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
        }
    }

    @Test
    void touchedFileIsNotReloaded() throws Exception {
        try (Watching web = watching()) {
            Files.setLastModifiedTime(
                    directory.resolve("web.crt"), FileTime.from(Instant.now().plusSeconds(5)));
            Files.writeString(directory.resolve("web.key"), FIRST.keyPem());

            web.awaitLooks();

            assertThat(web.generation()).isEqualTo(1);
            assertThat(web.events(ContextReloaded.class)).isEmpty();
        }
    }

    @Test
    void halfOfAPairIsReportedOnlyIfTheOtherHalfDoesNotFollow() throws Exception {
        try (Watching web = watching()) {
            Files.writeString(directory.resolve("web.crt"), SECOND.pem());

            ContextReloadFailed failed = web.await(ContextReloadFailed.class, 1);
            assertThat(failed.problems()).singleElement().asString().contains("the key does not match the certificate");
            assertThat(web.generation()).isEqualTo(1);
            web.awaitLooks();
            assertThat(web.events(ContextReloadFailed.class)).hasSize(1);
            assertThat(web.warnings()).hasSize(1);

            Files.writeString(directory.resolve("web.key"), SECOND.keyPem());
            assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
            assertThat(web.context().describe().problems()).isEmpty();
        }
    }

    @Test
    void changedLocationInTheConfigurationIsFollowed() throws Exception {
        SECOND.write(directory, "other");
        try (Watching web = watching()) {
            web.set("key-store.pem.0.cert", directory + "/other.crt");
            web.set("key-store.pem.0.key", directory + "/other.key");

            assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
            assertThat(web.context().describe().sources())
                    .containsExactly(directory + "/other.crt", directory + "/other.key");
        }
    }

    @Test
    void wrongSettingIsAFailedReloadAndCanBeRepaired() throws Exception {
        try (Watching web = watching()) {
            web.set("key-store.pem.0.cert", "");
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains("key-store.pem.0.cert");
            web.awaitLooks();

            web.set("key-store.pem.0.cert", directory + "/web.crt");
            assertThat(web.await(ContextReloaded.class, 1).generation()).isEqualTo(1);

            web.set("key-store.pem.0.cert", "");
            web.await(ContextReloadFailed.class, 2);
            SECOND.write(directory, "web");
            web.set("key-store.pem.0.cert", directory + "/web.crt");
            assertThat(subject(web.await(ContextReloaded.class, 2).after())).isEqualTo("CN=second.test");
            assertThat(web.events(ContextReloadFailed.class)).hasSizeBetween(2, 3);
        }
    }

    /** The files are as they must be, but what else a load needs is not there for a while. */
    @Test
    void failureThatPassesByItselfIsRepairedWithoutAChangeOfFiles() throws Exception {
        Path store = directory.resolve("web.p12");
        TestChain.writeKeyStore(FIRST.keyStore("PKCS12", "web", "password"), "password", store);
        AtomicBoolean down = new AtomicBoolean();
        PasswordCallback vault = request -> {
            if (down.get()) {
                throw new IllegalStateException("the vault is down");
            }
            return "password".toCharArray();
        };
        ContextCallbacks callbacks = new ContextCallbacks(
                Optional.of(new LazyCallback<>(() -> "the vault", () -> vault)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                name -> {
                    throw new IllegalArgumentException(name);
                });
        try (Watching web = new Watching(callbacks, "key-store.p12.path", store.toString())) {
            down.set(true);
            Path fresh = TestChain.writeKeyStore(
                    SECOND.keyStore("PKCS12", "web", "password"), "password", directory.resolve("fresh.p12"));
            Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE);
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains("the vault is down");
            web.awaitLooks();
            assertThat(web.events(ContextReloadFailed.class)).as("one event").hasSize(1);

            down.set(false);
            assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
        }
    }

    /** What may happen to a file. */
    private enum Damage {
        HALF_WRITTEN("is truncated") {
            @Override
            void apply(Path file) throws Exception {
                String whole = Files.readString(file);
                Files.writeString(file, whole.substring(0, whole.length() / 2));
            }
        },
        EMPTY("is empty") {
            @Override
            void apply(Path file) throws Exception {
                Files.writeString(file, "");
            }
        },
        REMOVED("does not exist") {
            @Override
            void apply(Path file) throws Exception {
                Files.delete(file);
            }
        },
        A_DIRECTORY("is a directory") {
            @Override
            void apply(Path file) throws Exception {
                Files.delete(file);
                Files.createDirectory(file);
            }
        },
        OVERSIZED("has more than 67,108,864 bytes") {
            @Override
            void apply(Path file) throws Exception {
                try (java.io.RandomAccessFile grown = new java.io.RandomAccessFile(file.toFile(), "rw")) {
                    grown.setLength(64L * 1024 * 1024 + 1);
                }
            }
        },
        SOMETHING_ELSE("holds no certificate") {
            @Override
            void apply(Path file) throws Exception {
                Files.writeString(file, FIRST.keyPem());
            }
        };

        private final String words;

        Damage(String words) {
            this.words = words;
        }

        abstract void apply(Path file) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void damagedFileLeavesTheOldMaterialInUse(Damage damage) throws Exception {
        try (Watching web = watching()) {
            Path file = directory.resolve("web.crt");
            damage.apply(file);

            ContextReloadFailed failed = web.await(ContextReloadFailed.class, 1);
            assertThat(failed.problems())
                    .singleElement()
                    .asString()
                    .contains(damage.words)
                    .contains("web.crt");
            assertThat(subject(failed.active())).isEqualTo("CN=first.test");
            web.awaitLooks();
            assertThat(web.events(ContextReloadFailed.class)).as("one event").hasSize(1);
            assertThat(web.warnings()).as("one log line").hasSize(1);
            assertThat(web.warnings().get(0).getMessage()).contains("stays in use");
            assertThat(web.generation()).isEqualTo(1);
            assertThat(web.context().describe().problems()).isEqualTo(failed.problems());

            Files.deleteIfExists(file);
            Files.writeString(file, FIRST.pem());
            ContextReloaded repaired = web.await(ContextReloaded.class, 1);
            assertThat(repaired.generation()).as("the same material").isEqualTo(1);
            assertThat(web.context().describe().problems()).isEmpty();
            assertThat(web.warnings()).hasSize(1);
        }
    }

    @Test
    void wrongPasswordIsOneOfTheStatesToo() throws Exception {
        Path store = directory.resolve("web.p12");
        TestChain.writeKeyStore(FIRST.keyStore("PKCS12", "web", "first-password"), "first-password", store);
        try (Watching web =
                new Watching("key-store.p12.path", store.toString(), "key-store.p12.password", "first-password")) {
            Path fresh = TestChain.writeKeyStore(
                    SECOND.keyStore("PKCS12", "web", "second-password"),
                    "second-password",
                    directory.resolve("fresh.p12"));
            Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE);
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains("the password does not open the store")
                    .doesNotContain("first-password");

            web.set("key-store.p12.password", "second-password");
            assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
        }
    }
}
