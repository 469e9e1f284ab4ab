package io.sluice.examples.syslog;

/** How bad it is (RFC 5424, 6.2.1), in the order of its numbers. */
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
