package io.sluice.internal.caller;

import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.PrintableText;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names in a certificate. */
record CertificateNames(X509Certificate certificate) {

    /** Numbers of alternative names (RFC 5280, 4.2.1.6). */
    private static final int EMAIL = 1;

    private static final int DNS = 2;
    private static final int URI = 6;

    private static final int SHOWN = 5;
    private static final int LONGEST = 100;

    List<String> of(CallerKind kind) {
        return switch (kind) {
            case SUBJECT -> List.of(certificate.getSubjectX500Principal().getName());
            case CN -> parts(subject -> subject.nearestValues("CN"));
            case OU -> parts(subject -> subject.values("OU"));
            case DNS -> alternatives(DNS);
            case URI -> alternatives(URI);
            case EMAIL -> alternatives(EMAIL);
            case SPKI -> List.of(KeyHash.of(certificate));
        };
    }

    boolean hasSubject(SubjectName wanted) {
        return SubjectName.of(certificate.getSubjectX500Principal())
                .filter(wanted::equals)
                .isPresent();
    }

    private List<String> parts(Function<SubjectName, List<String>> parts) {
        return SubjectName.of(certificate.getSubjectX500Principal()).map(parts).orElse(List.of());
    }

    private List<String> alternatives(int number) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (Integer.valueOf(number).equals(name.get(0)) && name.get(1) instanceof String text) {
                    names.add(text);
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            return List.of(); // Names that cannot be read admit nobody.
        }
    }

    /** The names for a message, limited and without control characters, because the peer may have chosen them. */
    String shown() {
        List<String> names = new ArrayList<>();
        for (CallerKind kind : List.of(CallerKind.DNS, CallerKind.URI, CallerKind.EMAIL)) {
            of(kind).forEach(name -> names.add(kind.key() + " '" + shown(name) + "'"));
        }
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        String listed = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String subject = "'" + shown(certificate.getSubjectX500Principal().getName()) + "'";
        return names.isEmpty() ? subject : subject + " (" + listed + more + ")";
    }

    private static String shown(String name) {
        String printable = PrintableText.of(name);
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) + "…" : printable;
    }
}
