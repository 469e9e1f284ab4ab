package io.sluice.examples.syslog;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A message of RFC 5424. Fields that the sender omitted are empty.
 *
 * @param facility the part of the system that sent it
 * @param severity its severity
 * @param timestamp the time at which it was sent
 * @param hostname the name of the machine
 * @param appName the name of the program
 * @param procId the process of the program
 * @param msgId the type of the message
 * @param structuredData the data for programs
 * @param text the text for people
 */
public record SyslogMessage(
        Facility facility,
        Severity severity,
        Optional<OffsetDateTime> timestamp,
        Optional<String> hostname,
        Optional<String> appName,
        Optional<String> procId,
        Optional<String> msgId,
        List<StructuredElement> structuredData,
        String text) {

    public SyslogMessage {
        structuredData = List.copyOf(structuredData);
    }
}
