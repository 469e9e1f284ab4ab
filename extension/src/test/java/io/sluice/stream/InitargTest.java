package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitargTest {

    static Stream<Named<Function<Duration, Initarg>>> timeouts() {
        return Stream.of(
                Named.of("readTimeout", Initarg::readTimeout),
                Named.of("writeTimeout", Initarg::writeTimeout),
                Named.of("handshakeTimeout", Initarg::handshakeTimeout),
                Named.of("closeTimeout", Initarg::closeTimeout),
                Named.of("connectTimeout", Initarg::connectTimeout));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void aTimeoutMustBePositive(Function<Duration, Initarg> factory) {
        String name = factory.apply(Duration.ofSeconds(1)).name();
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> factory.apply(bad))
                    .withMessage(name + " must be positive, not " + bad + ": leave it away to have the default");
        }
        assertThatNullPointerException().isThrownBy(() -> factory.apply(null)).withMessage(name);
    }

    @Test
    void aLibraryNameIsReserved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initarg.of("readTimeout", 5))
                .withMessage("\"readTimeout\" is the library's own: use Initarg.readTimeout(…)");
    }

    @Test
    void twiceTheSameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.of("user", "a"), Initarg.of("user", "b")))
                .withMessage("initarg \"user\" was given twice: give it once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.errorp(true), Initarg.errorp(true)))
                .withMessage("initarg \"errorp\" was given twice: give it once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.errorp(true), null))
                .withMessage("initarg 2 of 2 is null");
    }

    @Test
    void toStringShowsNoValue() {
        assertThat(Initarg.of("password", "s3cret")).hasToString("password (String)");
    }

    @Test
    void whatIsTheConnectorsIsRefusedByACreator() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.noDelay(true)).forCreator())
                .withMessage(
                        "initarg \"noDelay\" is the connector's: the socket given to a creator is connected already");
    }
}
