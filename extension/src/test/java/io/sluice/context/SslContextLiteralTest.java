package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The literal of the qualifier accepts only valid names of contexts. */
class SslContextLiteralTest {

    private static final String FORM =
            "Use lower-case letters and digits, with single hyphens between them, such as my-app";

    @ParameterizedTest
    @ValueSource(strings = {"web", "default", "none", "my-app", "a1-2b", "0"})
    void nameOfTheFormIsTaken(String name) {
        assertThat(SslContext.Literal.of(name).value()).isEqualTo(name);
        assertThat(SslContext.Literal.of(name).throwing().value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "WEB", "wEb", " web", "web ", "my app", "my_app", "-web", "web-", "my--app", "wéb", "web\n"
            })
    void anyOtherNameIsRefusedWithTheForm(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslContext.Literal.of(name))
                .withMessage("'" + name + "' cannot be the name of a context. " + FORM);
    }

    @Test
    void nullIsRefusedWithTheForm() {
        assertThatNullPointerException()
                .isThrownBy(() -> SslContext.Literal.of(null))
                .withMessage("the name of a context is required. " + FORM);
    }
}
