package io.sluice.internal.tls.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fingerprint of clients: the examples of its specification, and what it says about unusual hellos. */
class Ja4Test {

    private static final String SUITES = "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private static final String EXTENSIONS =
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015";
    private static final String SCHEMES = "0403,0804,0401,0503,0805,0501,0806,0601";
    private static final String H2 = "6832";

    /** A hello, each list as hexadecimal numbers with commas. */
    record Hello(String version, String suites, String extensions, String schemes, String versions, String alpn) {

        static Hello chrome() {
            return new Hello("0303", SUITES, EXTENSIONS, SCHEMES, "0304,0303", H2);
        }

        Hello withSuites(String other) {
            return new Hello(version, other, extensions, schemes, versions, alpn);
        }

        Hello withExtensions(String other) {
            return new Hello(version, suites, other, schemes, versions, alpn);
        }

        Hello withSchemes(String other) {
            return new Hello(version, suites, extensions, other, versions, alpn);
        }

        Hello withVersions(String other) {
            return new Hello(version, suites, extensions, schemes, other, alpn);
        }

        Hello withAlpn(String other) {
            return new Hello(version, suites, extensions, schemes, versions, other);
        }

        ByteBuffer message() {
            String body =
                    version + "00".repeat(32) + "00" + sized(2, joined(suites)) + "0100" + sized(2, extensionBytes());
            return ByteBuffer.wrap(HexFormat.of().parseHex("01" + sized(3, body)));
        }

        private String extensionBytes() {
            StringBuilder text = new StringBuilder();
            list(extensions).forEach(type -> text.append(type).append(sized(2, data(type))));
            return text.toString();
        }

        private String data(String type) {
            return switch (type) {
                case "0000" -> sized(2, "00" + sized(2, "6c6f63616c"));
                case "000d" -> sized(2, joined(schemes));
                case "0010" -> sized(2, sized(1, alpn) + sized(1, "687474702f312e31"));
                case "002b" -> sized(1, joined(versions));
                default -> "";
            };
        }

        private static List<String> list(String numbers) {
            return Arrays.stream(numbers.split(","))
                    .filter(number -> !number.isEmpty())
                    .toList();
        }

        private static String joined(String numbers) {
            return String.join("", list(numbers));
        }

        private static String sized(int bytes, String hex) {
            return HexFormat.of().toHexDigits(hex.length() / 2, 2 * bytes) + hex;
        }
    }

    /** A hello with its fingerprint. */
    record Row(String name, Hello hello, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        Hello chrome = Hello.chrome();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            many.add(HexFormat.of().toHexDigits((short) (0xc100 + i)));
        }
        return Stream.of(
                new Row("the example of the specification", chrome, "t13d1516h2_8daaf6152771_e5627efa2ab1"),
                new Row(
                        "GREASE is ignored everywhere",
                        chrome.withSuites("4a4a," + SUITES)
                                .withExtensions("2a2a," + EXTENSIONS + ",fafa")
                                .withSchemes("1a1a," + SCHEMES)
                                .withVersions("dada,0304,0303"),
                        "t13d1516h2_8daaf6152771_e5627efa2ab1"),
                new Row(
                        "the specification's hash without signature schemes",
                        chrome.withSchemes(""),
                        "t13d1516h2_8daaf6152771_6d807ffa2a79"),
                new Row(
                        "the order of extensions does not matter",
                        chrome.withExtensions(
                                "000a,0015,001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b"),
                        "t13d1516h2_8daaf6152771_e5627efa2ab1"),
                new Row(
                        "no suites and no extensions",
                        new Hello("0303", "", "", "", "", ""),
                        "t12i000000_000000000000_000000000000"),
                new Row(
                        "only a name and application protocols",
                        new Hello("0301", "002f", "0000,0010", "", "", "687474702f312e31"),
                        "t10d0102h1_" + sha256("002f") + "_000000000000"),
                new Row(
                        "signals are suites",
                        new Hello("0303", "00ff,5600", "", "", "", ""),
                        "t12i020000_" + sha256("00ff,5600") + "_000000000000"),
                new Row(
                        "more than 99 suites",
                        new Hello("0300", String.join(",", many), "", "", "", ""),
                        "ts3i990000_" + sha256(String.join(",", many)) + "_000000000000"),
                new Row(
                        "an unknown version",
                        new Hello("7f1c", "1301", "", "", "", ""),
                        "t00i010000_" + sha256("1301") + "_000000000000"));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fingerprintIsThatOfTheSpecification(Row row) {
        assertThat(Ja4.of(row.hello().message())).contains(row.expected());
    }

    /** The examples of the specification for names that are not text, and its words about empty and short ones. */
    @ParameterizedTest
    @CsvSource({
        "6832, h2",
        "687474702f312e31, h1",
        "AB, ab",
        "ABCD, ad",
        "30AB, 3b",
        "3031ABCD, 3d",
        "30ABCD31, 01",
        "61, aa",
        "'', 00"
    })
    void firstApplicationProtocolIsShortened(String alpn, String expected) {
        assertThat(Ja4.of(Hello.chrome().withAlpn(alpn).message()))
                .contains("t13d1516" + expected + "_8daaf6152771_e5627efa2ab1");
    }

    /** A hello without extensions is a whole one, so one that is torn there has a fingerprint. */
    @Test
    void tornHelloHasNone() {
        ByteBuffer message = Hello.chrome().message();
        int withoutExtensions = 4 + 2 + 32 + 1 + 2 + 2 * 15 + 2;
        for (int end = 0; end < message.limit(); end++) {
            assertThat(Ja4.of(message.duplicate().limit(end)).isPresent())
                    .as("%d bytes", end)
                    .isEqualTo(end == withoutExtensions);
        }
        assertThat(Ja4.of(ByteBuffer.wrap(new byte[] {2, 0, 0, 0}))).isEmpty();
    }
}
