package io.sluice.examples.syslog;

/** The severity of a message, in the order of its numbers (RFC 5424, 6.2.1). */
public enum Severity {
    EMERGENCY,
    ALERT,
    CRITICAL,
    ERROR,
    WARNING,
    NOTICE,
    INFORMATIONAL,
    DEBUG
}
