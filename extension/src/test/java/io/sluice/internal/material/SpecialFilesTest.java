package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.internal.settings.FileContent;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A file that is not regular, or too long, is a problem of its property, because a pipe would block and a device may have
 * no end.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesTest {

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    /** Each place that reads a file. */
    enum Place {
        CERTIFICATE,
        KEY,
        KEY_STORE,
        TRUST_STORE,
        REVOCATION_LIST;

        List<?> read(Path file, Problems problems) {
            Setting setting = Setting.of("file", "test", file.toString());
            return switch (this) {
                case CERTIFICATE -> CertificateReader.read(setting, new MaterialReading(PasswordSource.NONE, problems));
                case KEY ->
                    PemKey.read(
                                    new KeyStoreSettings.Pair("pair", setting, setting, Optional.empty()),
                                    new MaterialReading(PasswordSource.NONE, problems))
                            .stream()
                            .toList();
                case KEY_STORE -> StoreReader.keys(store(setting), new MaterialReading(PasswordSource.NONE, problems));
                case TRUST_STORE ->
                    StoreReader.trusted(store(setting), new MaterialReading(PasswordSource.NONE, problems));
                case REVOCATION_LIST ->
                    RevocationChecker.lists(
                            new RevocationSettings(RevocationSettings.Kind.CRL, Optional.of(setting), false, false),
                            new MaterialReading(PasswordSource.NONE, problems));
            };
        }

        private static StoreSettings store(Setting path) {
            return new StoreSettings(
                    "store",
                    Setting.of("type", "test", "PKCS12"),
                    Optional.empty(),
                    Optional.of(path),
                    Optional.of(Setting.secret("password", "test", "changeit")),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipeIsAProblem(Place place) throws Exception {
        Path pipe = directory.resolve("pipe");
        try (ProcessPeer mkfifo = ProcessPeer.start("mkfifo", pipe.toString())) {
            mkfifo.awaitEnd();
        }
        assertThatItIsNoRegularFile(place, pipe);
    }

    @ParameterizedTest
    @EnumSource
    void deviceWithoutEndIsAProblem(Place place) throws IOException {
        Path zero = Path.of("/dev/zero");
        assumeTrue(Files.exists(zero), "there is no /dev/zero");
        assertThatItIsNoRegularFile(place, zero);
        assertThatItIsNoRegularFile(place, Files.createSymbolicLink(directory.resolve("link"), zero));
    }

    private static void assertThatItIsNoRegularFile(Place place, Path path) {
        Problems found = new Problems();
        assertThat(place.read(path, found)).isEmpty();
        assertThat(found.errors())
                .extracting(Problem::message)
                .containsExactly("file (from test): '" + path
                        + "' is a pipe or a device, not a regular file. Name a regular file.");
    }

    @ParameterizedTest
    @EnumSource
    void fileBeyondTheLimitIsAProblem(Place place) throws IOException {
        Path path = directory.resolve("long");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(FileContent.LIMIT + 1L);
        }
        assertThat(place.read(path, problems)).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("file (from test): the file '" + path
                        + "' has more than 67,108,864 bytes. Name a file of certificates or keys.");
    }

    /** Files of the kernel report a size of zero. */
    @Test
    void fileThatIsLongerThanItSaysIsRead() throws IOException {
        Path path = Path.of("/proc/self/limits");
        assumeTrue(Files.exists(path) && Files.size(path) == 0, "there is no /proc");
        assertThat(new FileContent(Setting.of("file", "test", ""), problems).of(path))
                .hasValueSatisfying(bytes -> assertThat(bytes).isNotEmpty());
    }

    @Test
    void linksAreFollowed() throws IOException {
        Path real = Files.writeString(
                directory.resolve("real"), TestAuthority.create("a").pem());
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        assertThat(Stream.of(link, Files.createSymbolicLink(directory.resolve("second"), link)))
                .allSatisfy(path ->
                        assertThat(Place.CERTIFICATE.read(path, problems)).hasSize(1));
    }
}
