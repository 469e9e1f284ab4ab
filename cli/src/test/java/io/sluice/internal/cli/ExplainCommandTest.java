package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import io.sluice.stream.SocketStreamException.Kind;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice explain}. */
class ExplainCommandTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindHasItsMeaningAndRemedy(Kind kind) {
        Condition condition = ConditionPage.find(kind).orElseThrow();

        assertThat(Stream.of(condition.group(), condition.meaning(), condition.remedy()))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("`"));
    }

    @Test
    void thePageHasNothingElse() {
        assertThat(ConditionPage.conditions()).hasSize(Kind.values().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE_EXPIRED", "certificate-expired"})
    void aKindIsExplained(String kind) throws Exception {
        Result text = Cli.in(directory).run("explain", kind);

        assertThat(text.output())
                .startsWith("CERTIFICATE_EXPIRED (Certificates)")
                .contains("The peer's certificate has expired.")
                .contains("What to do: The peer needs a new certificate.");
        assertThat(text.exitCode()).isZero();
    }

    @Test
    void allKindsAreListed() throws Exception {
        Result list = Cli.in(directory).run("explain");
        Result json = Cli.in(directory).run("explain", "--json");

        assertThat(list.output())
                .contains(Stream.of(Kind.values()).map(Kind::name).toList());
        assertThat(json.json().getAsJsonArray("conditions")).hasSize(Kind.values().length);
    }

    @Test
    void anUnknownKindIsToldWithSimilarOnes() throws Exception {
        Result result = Cli.in(directory).run("explain", "CERTIFICATE_EXPIRD");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("did you mean CERTIFICATE_EXPIRED");
        assertThat(result.output()).isEmpty();
    }
}
