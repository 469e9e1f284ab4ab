package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.NearNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNamesTest {
    @ParameterizedTest
    @CsvSource({"web,web,0", "wbe,web,1", "we,web,1", "webb,web,1", "wab,web,1", "api,web,3", "'',web,3"})
    void distanceCountsInsertedDeletedReplacedAndSwappedLetters(String a, String b, int expected) {
        assertThat(NearNames.distance(a, b)).isEqualTo(expected);
        assertThat(NearNames.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void suggestNamesTheNearestAlone() {
        assertThat(NearNames.suggest("protocls", List.of("protocols", "protocol", "alpn")))
                .isEqualTo(" (did you mean protocols?)");
    }

    @Test
    void suggestIsEmptyWhereNothingIsNear() {
        assertThat(NearNames.suggest("web", List.of("none", "default"))).isEmpty();
    }

    @Test
    void suggestDoesNotLookAtCapitals() {
        assertThat(NearNames.suggest("WEB", List.of("web"))).isEqualTo(" (did you mean web?)");
    }
}
