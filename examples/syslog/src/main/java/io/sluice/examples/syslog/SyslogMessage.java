package io.sluice.examples.syslog;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * A message as RFC 5424 has it. What the sender does not know is empty.
 *
 * @param facility what part of the system speaks
 * @param severity how bad it is
 * @param timestamp when it was said
 * @param hostname on which machine
 * @param appName by which program
 * @param procId by which of its processes
 * @param msgId what kind of message it is
 * @param structuredData what is meant for programs
 * @param text what is meant for people
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
