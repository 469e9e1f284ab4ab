package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of a hostile peer in a line for a shell. */
class ShellCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "shop.example ~ shop.example",
                "127.0.0.1:8443 ~ 127.0.0.1:8443",
                "[::1]:8443 ~ '[::1]:8443'",
                "$(reboot) ~ '$(reboot)'",
                "`reboot` ~ '`reboot`'",
                "a;b&c|d>e ~ 'a;b&c|d>e'",
            })
    void wordIsQuotedIfItNeedsQuotes(String word, String quoted) {
        assertThat(ShellCommand.quoted(word)).contains(quoted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "'", "-connect", "a\nb", "a\u0000b", "\u00e9", "", "\u202e"})
    void wordThatQuotesCannotHoldIsOmitted(String word) {
        assertThat(ShellCommand.quoted(word)).isEmpty();
        assertThat(new ShellCommand("openssl").option("-servername", word).toString())
                .isEqualTo("openssl");
    }

    @Test
    void listIsOneWordOrNone() {
        assertThat(new ShellCommand("openssl")
                        .list("-alpn", List.of("h2", "http/1.1"), ",")
                        .list("-groups", List.of(), ":"))
                .hasToString("openssl -alpn h2,http/1.1");
    }
}
