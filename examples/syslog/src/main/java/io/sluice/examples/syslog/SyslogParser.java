package io.sluice.examples.syslog;

import io.sluice.examples.syslog.StructuredElement.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses one message (RFC 5424, 6). It is not thread-safe. */
final class SyslogParser {

    private static final int MAX_PRIORITY = Facility.values().length * Severity.values().length - 1;
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?(Z|[+-]\\d{2}:\\d{2})");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] octets;
    private int at;

    private SyslogParser(byte[] octets) {
        this.octets = octets;
    }

    static SyslogMessage parse(byte[] octets) throws MalformedSyslogException {
        return new SyslogParser(octets).message();
    }

    private SyslogMessage message() throws MalformedSyslogException {
        int priority = priority();
        version();
        return new SyslogMessage(
                Facility.values()[priority / Severity.values().length],
                Severity.values()[priority % Severity.values().length],
                timestamp(),
                field("HOSTNAME", 255),
                field("APP-NAME", 48),
                field("PROCID", 128),
                field("MSGID", 32),
                structuredData(),
                text());
    }

    private int priority() throws MalformedSyslogException {
        expect('<');
        int value = number("PRI", 3);
        expect('>');
        if (value > MAX_PRIORITY) {
            throw malformed("the priority " + value + " is above " + MAX_PRIORITY);
        }
        return value;
    }

    private void version() throws MalformedSyslogException {
        int version = number("VERSION", 3);
        if (version != 1) {
            throw malformed("version " + version + " is not supported; RFC 5424 has version 1");
        }
        expect(' ');
    }

    private int number(String what, int maxDigits) throws MalformedSyslogException {
        int value = 0;
        int start = at;
        while (at - start < maxDigits && peek() >= '0' && peek() <= '9') {
            value = 10 * value + peek() - '0';
            at++;
        }
        if (at == start || octets[start] == '0' && at > start + 1) {
            throw malformed(what + " is not a number");
        }
        return value;
    }

    private Optional<OffsetDateTime> timestamp() throws MalformedSyslogException {
        Optional<String> field = field("TIMESTAMP", 32);
        if (field.isPresent() && !TIMESTAMP.matcher(field.get()).matches()) {
            throw malformed("'" + field.get() + "' is not a timestamp");
        }
        try {
            return field.map(OffsetDateTime::parse);
        } catch (DateTimeException e) {
            throw malformed("'" + field.orElse("") + "' is not a valid time");
        }
    }

    /** Parses printable ASCII up to a space, and the space. A hyphen stands for an empty field. */
    private Optional<String> field(String what, int max) throws MalformedSyslogException {
        String value = printable(what, max, "");
        expect(' ');
        return value.equals("-") ? Optional.empty() : Optional.of(value);
    }

    private String printable(String what, int max, String exceptions) throws MalformedSyslogException {
        int start = at;
        while (peek() > ' ' && peek() < 127 && exceptions.indexOf(peek()) < 0) {
            at++;
        }
        if (at == start || at - start > max) {
            throw malformed(what + " has " + (at - start) + " octets instead of 1 to " + max);
        }
        return new String(octets, start, at - start, StandardCharsets.US_ASCII);
    }

    private List<StructuredElement> structuredData() throws MalformedSyslogException {
        List<StructuredElement> elements = new ArrayList<>();
        if (peek() == '-') {
            at++;
            return elements;
        }
        do {
            elements.add(element());
        } while (peek() == '[');
        return elements;
    }

    private StructuredElement element() throws MalformedSyslogException {
        expect('[');
        String id = printable("SD-ID", 32, "=]\"");
        List<Parameter> parameters = new ArrayList<>();
        while (peek() == ' ') {
            at++;
            String name = printable("PARAM-NAME", 32, "=]\"");
            expect('=');
            parameters.add(new Parameter(name, value()));
        }
        expect(']');
        return new StructuredElement(id, parameters);
    }

    /** Parses a quoted value. A backslash escapes only a quote, a closing bracket and itself. */
    private String value() throws MalformedSyslogException {
        expect('"');
        byte[] unescaped = new byte[octets.length - at];
        int length = 0;
        while (peek() != '"') {
            if (peek() == '\\' && at + 1 < octets.length && "\"\\]".indexOf(octets[at + 1]) >= 0) {
                at++;
            } else if (peek() == ']' || peek() < 0) {
                throw malformed("a value of the structured data has no end");
            }
            unescaped[length++] = octets[at++];
        }
        at++;
        return new String(unescaped, 0, length, StandardCharsets.UTF_8);
    }

    /** Parses the rest as UTF-8, even without a byte order mark, because that is what senders use. */
    private String text() throws MalformedSyslogException {
        if (at == octets.length) {
            return "";
        }
        expect(' ');
        int marked = at + BYTE_ORDER_MARK.length;
        if (marked <= octets.length && Arrays.equals(octets, at, marked, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            at = marked;
        }
        return new String(octets, at, octets.length - at, StandardCharsets.UTF_8);
    }

    /** Returns the next octet, or -1 at the end. */
    private int peek() {
        return at < octets.length ? octets[at] & 0xff : -1;
    }

    private void expect(char wanted) throws MalformedSyslogException {
        if (peek() != wanted) {
            throw malformed("'" + wanted + "' is missing");
        }
        at++;
    }

    private MalformedSyslogException malformed(String defect) {
        String place = at < octets.length
                ? "at octet " + (at + 1) + " of " + octets.length
                : "at its end, after " + octets.length + " octets";
        return new MalformedSyslogException("not a syslog message (RFC 5424): " + defect + ", " + place);
    }
}
