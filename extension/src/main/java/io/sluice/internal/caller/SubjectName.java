package io.sluice.internal.caller;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * A distinguished name in a form that can be compared: the encoding of its parts, upper and lower case, and repeated blanks do not
 * matter (RFC 5280, 7.1).
 */
record SubjectName(LdapName name) {

    private static final Pattern ASTERISK = Pattern.compile("(?<!\\\\)\\*");

    private static final String EMAIL = "1.2.840.113549.1.9.1";

    private static final Map<String, String> MORE_KEYWORDS = Map.of("E", EMAIL);

    /** Only parts with a keyword are shown as text, whatever their encoding. RFC 2253 itself has no keyword for these. */
    private static final Map<String, String> NAMES_OF_PARTS = Map.of(
            EMAIL,
            "EMAILADDRESS",
            "2.5.4.4",
            "SURNAME",
            "2.5.4.5",
            "SERIALNUMBER",
            "2.5.4.12",
            "TITLE",
            "2.5.4.42",
            "GIVENNAME",
            "2.5.4.43",
            "INITIALS",
            "2.5.4.44",
            "GENERATION",
            "2.5.4.46",
            "DNQUALIFIER");

    /** Reads what is configured. */
    static SubjectName parse(String text) throws InvalidPatternException {
        if (ASTERISK.matcher(text).find()) {
            throw new InvalidPatternException(
                    "'" + text + "' contains *, but a subject is compared as a whole",
                    "Use the keys cn or ou for patterns, or write the character * as \\2A");
        }
        try {
            Optional<SubjectName> parsed = of(new X500Principal(text, MORE_KEYWORDS))
                    .filter(subject -> !subject.name().isEmpty());
            if (parsed.isPresent()) {
                return parsed.get();
            }
        } catch (IllegalArgumentException e) {
            // The same advice as for an empty name.
        }
        throw new InvalidPatternException(
                "'" + text + "' is not a distinguished name",
                "Write it as RFC 2253 requires, the most specific part first: CN=web,OU=Devices,O=Example");
    }

    /** The name of a certificate; empty if it cannot be compared. */
    static Optional<SubjectName> of(X500Principal principal) {
        try {
            return Optional.of(new SubjectName(new LdapName(principal.getName(X500Principal.RFC2253, NAMES_OF_PARTS))));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** The values of a part, such as {@code OU}, the most specific first. A relative name may have several ({@code OU=a+OU=b}). */
    List<String> values(String part) {
        List<String> values = new ArrayList<>();
        for (int index = name.size() - 1; index >= 0; index--) {
            values.addAll(values(name.getRdn(index), part));
        }
        return values;
    }

    /** The values of a part in the most specific relative name that has it. */
    List<String> nearestValues(String part) {
        for (int index = name.size() - 1; index >= 0; index--) {
            List<String> values = values(name.getRdn(index), part);
            if (!values.isEmpty()) {
                return values;
            }
        }
        return List.of();
    }

    private static List<String> values(Rdn rdn, String part) {
        Attribute attribute = rdn.toAttributes().get(part);
        try {
            return attribute == null
                    ? List.of()
                    : Collections.list(attribute.getAll()).stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (NamingException e) {
            return List.of();
        }
    }
}
