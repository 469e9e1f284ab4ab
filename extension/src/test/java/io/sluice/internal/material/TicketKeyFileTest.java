package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys for tickets in the forms that other servers use, and mistakes in them. */
class TicketKeyFileTest {

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private List<byte[]> read(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("keys"), content);
        FilesRead files = new FilesRead();
        List<byte[]> keys = TicketKeyFile.read(Setting.of("ticket-keys", "a test", file.toString()), files, problems);
        assertThat(files.states()).containsOnlyKeys(file.toAbsolutePath());
        return keys;
    }

    private List<byte[]> read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {48, 80})
    void keysOfOtherServersAreRead(int length) throws Exception {
        byte[] first = random(length);
        byte[] second = random(length);
        assertThat(read(base64(first) + "\n" + base64(second) + "\n"))
                .as("haproxy")
                .containsExactly(first, second);
        assertThat(read(first)).as("nginx").containsExactly(first);
        assertThat(read("\r\n# März: €\r\n  " + hex(first).toUpperCase() + " \r\n\t# more\r\n" + base64(second)))
                .as("mixed")
                .containsExactly(first, second);
        assertThat(problems.errors()).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        String key = hex(random(80));
        return Stream.of(
                Arguments.of(key + "\n" + key.substring(2), "line 2 of 'FILE' is a key of 79 bytes, not of 80 or 48"),
                Arguments.of("\n\n" + hex(random(32)), "line 3 of 'FILE' is a key of 32 bytes, not of 80 or 48"),
                Arguments.of(key + "\n" + key.substring(1), "line 2 of 'FILE' is a key of"),
                Arguments.of("key: " + key, "line 1 of 'FILE' is neither hexadecimal nor base64"),
                // Output of openssl rand -base64 80, which breaks the line after 48 bytes.
                Arguments.of(
                        base64(random(48)) + "\n" + base64(random(32)),
                        "line 2 of 'FILE' is a key of 32 bytes, not of 80 or 48"),
                Arguments.of("# nothing\n", "'FILE' holds no key"),
                Arguments.of((key + "\n").repeat(65), "'FILE' holds more than 64 keys"),
                Arguments.of("\u0000" + key, "'FILE' is neither text nor a key of 80 or 48 bytes"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsShownWithItsLine(String content, String fault) throws Exception {
        assertThat(read(content)).isEmpty();
        assertThat(problems.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.fault())
                    .startsWith(fault.replace("FILE", directory.resolve("keys").toString()));
            assertThat(problem.remedy()).isEqualTo("Write a line for each key, as openssl rand -hex 80 prints it");
        });
    }

    @Test
    void missingFileIsAProblem() {
        Setting setting =
                Setting.of("ticket-keys", "a test", directory.resolve("none").toString());
        assertThat(TicketKeyFile.read(setting, new FilesRead(), problems)).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .singleElement()
                .asString()
                .contains("does not exist");
    }

    /** A key in place of its file. */
    @Test
    void keyIsNotShown() {
        String key = hex(random(80));
        assertThat(TicketKeyFile.read(Setting.of("ticket-keys", "a test", key), new FilesRead(), problems))
                .isEmpty();
        assertThat(problems.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).doesNotContain(key));
    }
}
