package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSL's names of suites, by a table and by OpenSSL itself. */
class OpenSslNamesTest {

    @ParameterizedTest
    @CsvSource({
        "TLS_RSA_WITH_AES_128_CBC_SHA, AES128-SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE-RSA-AES128-GCM-SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, ECDHE-ECDSA-AES256-SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8, ECDHE-ECDSA-AES128-CCM8",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CCM, ECDHE-ECDSA-AES256-CCM",
        "TLS_RSA_WITH_AES_256_CCM_8, AES256-CCM8",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA, DES-CBC3-SHA",
        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA, ECDHE-RSA-DES-CBC3-SHA",
        "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, DHE-RSA-CHACHA20-POLY1305"
    })
    void suiteHasTheNameOfOpenSsl(String name, String ofOpenSsl) {
        assertThat(OpenSslNames.oldSuites(List.of(name))).containsExactly(ofOpenSsl);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDH_RSA_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
                "TLS_KRB5_WITH_DES_CBC_MD5",
                "TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
                "TLS_AES_128_GCM_SHA256",
                "0x1301"
            })
    void otherNameIsOmitted(String name) {
        assertThat(OpenSslNames.oldSuites(List.of(name))).isEmpty();
    }

    @Test
    void openSslKnowsEachOfItsSuitesByOurName() throws Exception {
        Map<String, String> theirs = ofOpenSsl();
        assumeTrue(!theirs.isEmpty(), "there is no openssl here");

        int compared = 0;
        for (Map.Entry<String, String> suite : theirs.entrySet()) {
            List<String> ours = OpenSslNames.oldSuites(List.of(suite.getKey()));
            if (!ours.isEmpty()) {
                assertThat(ours).containsExactly(suite.getValue());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    /** By their names in the registry; empty if there is no OpenSSL. */
    private static Map<String, String> ofOpenSsl() throws InterruptedException {
        Map<String, String> names = new TreeMap<>();
        try {
            Process openssl = new ProcessBuilder("openssl", "ciphers", "-stdname", "ALL:@SECLEVEL=0").start();
            String listed = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            openssl.waitFor();
            listed.lines().map(line -> line.split("\\s+")).forEach(words -> names.put(words[0], words[2]));
        } catch (IOException e) {
            // It is not installed.
        }
        return names;
    }
}
