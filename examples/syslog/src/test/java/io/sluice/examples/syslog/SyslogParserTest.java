package io.sluice.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.examples.syslog.StructuredElement.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of RFC 5424, its own examples (6.5) among them. */
class SyslogParserTest {

    private static SyslogMessage parse(String message) throws MalformedSyslogException {
        return SyslogParser.parse(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allPartsAreRead() throws Exception {
        SyslogMessage message = parse("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 17 ID47"
                + " [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" iut=\"4\"][examplePriority@32473]"
                + " \uFEFFAn application event: übel");

        assertThat(message)
                .isEqualTo(new SyslogMessage(
                        Facility.LOCAL4,
                        Severity.NOTICE,
                        Optional.of(OffsetDateTime.parse("2003-10-11T22:14:15.003Z")),
                        Optional.of("mymachine.example.com"),
                        Optional.of("evntslog"),
                        Optional.of("17"),
                        Optional.of("ID47"),
                        List.of(
                                new StructuredElement(
                                        "exampleSDID@32473",
                                        List.of(
                                                new Parameter("iut", "3"),
                                                new Parameter("eventSource", "Application"),
                                                new Parameter("iut", "4"))),
                                new StructuredElement("examplePriority@32473", List.of())),
                        "An application event: übel"));
    }

    @Test
    void whatASenderDoesNotKnowIsEmpty() throws Exception {
        Optional<String> unknown = Optional.empty();
        assertThat(parse("<0>1 - - - - - -"))
                .isEqualTo(new SyslogMessage(
                        Facility.KERN,
                        Severity.EMERGENCY,
                        Optional.empty(),
                        unknown,
                        unknown,
                        unknown,
                        unknown,
                        List.of(),
                        ""));
    }

    @ParameterizedTest
    @CsvSource({
        "34, AUTH, CRITICAL",
        "165, LOCAL4, NOTICE",
        "191, LOCAL7, DEBUG",
    })
    void priorityIsFacilityAndSeverity(int priority, Facility facility, Severity severity) throws Exception {
        SyslogMessage message = parse("<" + priority + ">1 - - - - - - text");
        assertThat(message.facility()).isEqualTo(facility);
        assertThat(message.severity()).isEqualTo(severity);
    }

    @Test
    void escapesOfStructuredDataAreTakenOff() throws Exception {
        assertThat(parse("<1>1 - - - - - [a b=\"q\\\" b\\] s\\\\ n\\n \uD83D\uDE00\"]")
                        .structuredData())
                .containsExactly(
                        new StructuredElement("a", List.of(new Parameter("b", "q\" b] s\\ n\\n \uD83D\uDE00"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2003-10-11T22:14:15.003Z",
                "2003-08-24T05:14:15.000003-07:00",
                "1985-04-12T19:20:50.52-04:00",
                "2003-10-11T22:14:15Z"
            })
    void timestampsOfTheRfcAreRead(String timestamp) throws Exception {
        assertThat(parse("<1>1 " + timestamp + " - - - - -").timestamp()).hasValue(OffsetDateTime.parse(timestamp));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Oct 11 22:14:15 host su: old   | '<' is missing, at octet 1 of 28",
                "<34>Oct 11 22:14:15 host su:   | VERSION is not a number, at octet 5 of 28",
                "<192>1 - - - - - -             | the priority 192 is above 191, at octet 6 of 18",
                "<01>1 - - - - - -              | PRI is not a number, at octet 4 of 17",
                "<1111>1 - - - - - -            | '>' is missing, at octet 5 of 19",
                "<1>2 - - - - - -               | version 2 is not supported; RFC 5424 has version 1, at octet 5 of 16",
                "<1>1 2003-10-11t22:14:15z - - - - - | '2003-10-11t22:14:15z' is not a timestamp, at octet 27 of 35",
                "<1>1 2003-13-11T22:14:15Z - - - - - | '2003-13-11T22:14:15Z' is not a valid time, at octet 27 of 35",
                "<1>1 2003-08-24T05:14:15.000000003Z - - - - - | '2003-08-24T05:14:15.000000003Z' is not a timestamp, at octet 37 of 45",
                "<1>1 - - - - -                 | ' ' is missing, at its end, after 14 octets",
                "<1>1 -  - - - -                | HOSTNAME has 0 octets instead of 1 to 255, at octet 8 of 15",
                "<1>1 - - - - x12345678901234567890123456789012 - | MSGID has 33 octets instead of 1 to 32, at octet 47 of 48",
                "<1>1 - hö - - - -              | ' ' is missing, at octet 9 of 18",
                "<1>1 - - - - - [a b=\"c]        | a value of the structured data has no end, at octet 23 of 23",
                "<1>1 - - - - - [a b=\"c\\\"      | a value of the structured data has no end, at its end, after 24 octets",
                "<1>1 - - - - - [a b=c]         | '\"' is missing, at octet 21 of 22",
                "<1>1 - - - - - []              | SD-ID has 0 octets instead of 1 to 32, at octet 17 of 17",
                "<1>1 - - - - - -text           | ' ' is missing, at octet 17 of 20",
            })
    void whatIsNoMessageIsTold(String message, String defect) {
        assertThatThrownBy(() -> parse(message))
                .isInstanceOf(MalformedSyslogException.class)
                .hasMessage("not a syslog message (RFC 5424): " + defect);
    }
}
