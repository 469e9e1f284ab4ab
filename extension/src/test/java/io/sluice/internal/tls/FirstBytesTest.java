package io.sluice.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages about peers that do not use TLS. */
class FirstBytesTest {
    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1, 'plain HTTP: ''GET / HTTP'''",
        "HTTP/1.1 400 Bad Request, 'plain HTTP: ''HTTP/1.1 4'''",
        "SSH-2.0-OpenSSH_9.2, 'an SSH banner: ''SSH-2.0-Op'''",
        "220 mail.example ESMTP, 'an SMTP banner: ''220 mail.e'''",
        "PROXY TCP4 192.0.2.1, 'a PROXY protocol header: ''PROXY TCP4'''",
        "hello, '''hello'''",
    })
    void textIsNamedAndQuoted(String text, String looks) {
        assertThat(FirstBytes.defect(ByteBuffer.wrap(text.getBytes(ISO_8859_1))))
                .isEqualTo("the peer does not speak TLS: its first bytes are " + looks);
    }

    @ParameterizedTest
    @CsvSource({
        "0d0a0d0a000d0a515549540a21, a PROXY protocol header: bytes 0d 0a 0d 0a 00 0d 0a 51 55 49",
        "802e0100020015, an SSLv2 hello: bytes 80 2e 01 00 02 00 15",
        "00ff, bytes 00 ff",
        "1602, bytes 16 02",
    })
    void otherBytesAreShownInHex(String hex, String looks) {
        assertThat(FirstBytes.defect(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isEqualTo("the peer does not speak TLS: its first bytes are " + looks);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "16", "1603", "160301", "1603010200", "15030300020228"})
    void recordsAndTheirBeginningsPass(String hex) {
        assertThat(FirstBytes.defect(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isNull();
    }
}
