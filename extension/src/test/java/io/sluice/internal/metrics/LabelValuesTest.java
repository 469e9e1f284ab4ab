package io.sluice.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values of labels are closed sets, whatever happens. */
class LabelValuesTest {

    @ParameterizedTest
    @CsvSource({"TLSv1.3,1.3", "TLSv1.2,1.2", "TLSv1.1,1.1", "TLSv1,1.0", "SSLv3,_OTHER", "'',_OTHER"})
    void versionsAreNumbers(String protocol, String version) {
        assertThat(TlsVersions.of(protocol)).isEqualTo(version);
    }

    @Test
    void onlyConditionsHaveKinds() {
        assertThat(ErrorTypes.of(new SocketStreamException(Kind.NOT_TLS, "secret")))
                .isEqualTo("NOT_TLS");
        assertThat(ErrorTypes.of(new IOException("secret"))).isEqualTo("_OTHER");
    }
}
