package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a client, and the problems that are found in them. */
class ClientSettingsTest {

    private static final String PREFIX = "sluice.client.lab.";

    private static Optional<ClientSettings> read(Problems problems, String... keysAndValues) throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(PREFIX + keysAndValues[i], keysAndValues[i + 1]);
        }
        return SluiceConfiguration.of(TestConfig.of(properties)).client("lab", problems);
    }

    private static List<String> problems(String... keysAndValues) throws Exception {
        Problems problems = new Problems();
        read(problems, keysAndValues);
        return problems.errors().stream().map(Problem::message).toList();
    }

    @Test
    void addressesKeepTheirOrderAndAreNotResolved() throws Exception {
        assertThat(read(new Problems(), "addresses", "lab-2.example:2575, [::1]:1,10.0.0.1:65535")
                        .orElseThrow()
                        .addresses())
                .containsExactly(
                        InetSocketAddress.createUnresolved("lab-2.example", 2575),
                        InetSocketAddress.createUnresolved("::1", 1),
                        InetSocketAddress.createUnresolved("10.0.0.1", 65_535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab", "lab:", ":1", "lab:0", "lab:65536", "::1:80", "[lab]:1", "a b:1", "lab:x"})
    void textThatIsNoAddressIsReported(String text) throws Exception {
        assertThat(problems("addresses", text + ",good:1"))
                .singleElement()
                .asString()
                .startsWith(PREFIX + "addresses (from ")
                .endsWith(
                        "): '" + text
                                + "' is not a host with a port from 1 to 65535. Write it as host:port, such as lab-1:2575 or [::1]:2575.");
    }

    @Test
    void clientWithoutAddressesIsReported() throws Exception {
        assertThat(problems("ssl", "none"))
                .containsExactly(
                        PREFIX + "addresses (not set): client 'lab' has no address to connect to. Set the addresses"
                                + " of its servers in the order of preference, such as lab-1:2575,lab-2:2575.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min-idle | 11 | it is greater than the number of connections",
                "backoff | 11s | it is longer than max-backoff",
                "max-backoff | 1ms | it is longer than max-backoff"
            })
    void valuesThatDoNotFitEachOtherAreReported(String key, String value, String fault) throws Exception {
        assertThat(problems("addresses", "lab:1", key, value))
                .singleElement()
                .asString()
                .contains(fault);
    }

    @Test
    void sharedConnectionHasNoSize() throws Exception {
        assertThat(problems("addresses", "lab:1", "shared", "true", "max-size", "3", "min-idle", "2"))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("max-size (from ") && problem.contains("has no effect"))
                .anyMatch(problem -> problem.contains("min-idle (from "));
        assertThat(read(new Problems(), "addresses", "lab:1", "shared", "true")
                        .orElseThrow()
                        .pool()
                        .maxSize())
                .isOne();
    }

    @Test
    void contextHasTheNameOfTheClientUnlessItIsSet() throws Exception {
        assertThat(read(new Problems(), "addresses", "lab:1").orElseThrow().ssl())
                .isEqualTo("lab");
        assertThat(read(new Problems(), "addresses", "lab:1", "ssl", "none")
                        .orElseThrow()
                        .ssl())
                .isEqualTo("none");
    }

    @Test
    void unknownClientsAndKeysAreReportedWithNearNames() throws Exception {
        Problems problems = new Problems();
        SluiceConfiguration.of(TestConfig.of(Map.of(
                        PREFIX + "adresses", "lab:1", "sluice.client.lap.shared", "true", "sluice.client.lab", "x")))
                .reportUnknownClientKeys(Set.of("lab"), problems);

        assertThat(problems.errors().stream().map(Problem::fault))
                .containsExactlyInAnyOrder(
                        "the name has no client or no key",
                        "there is no key 'adresses' (did you mean addresses?)",
                        "no injection point has the client 'lap' (did you mean lab?)");
    }
}
