package io.sluice.internal.cli;

import io.sluice.internal.cli.document.CertificateEntry;
import io.sluice.internal.cli.document.FailureEntry;
import io.sluice.internal.cli.document.OfferEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failed connection in the text about a service.
 *
 * @param entry the entry of the journal
 */
record JournalSection(FailureEntry entry) {

    void print(Text text) {
        text.bad(entry.kind() + ":", " " + entry.time().map(time -> time + ", ").orElse("") + entry.place());
        if (entry.count() > 1) {
            text.field(
                    "count",
                    entry.count()
                            + entry.first().map(first -> " since " + first).orElse(""));
        }
        entry.message().ifPresent(message -> text.field("message", message));
        entry.certificate().map(JournalSection::line).ifPresent(certificate -> text.field("certificate", certificate));
        entry.step().ifPresent(step -> text.field("step", step + after()));
        entry.client().ifPresent(offer -> print("client", offer, text));
        entry.server().ifPresent(offer -> print("server", offer, text));
        entry.ja4().ifPresent(ja4 -> text.field("JA4", ja4));
        entry.setting().ifPresent(setting -> text.field("setting", setting));
        entry.remedy().ifPresent(remedy -> text.field("what to do", remedy));
        entry.reproduce().ifPresent(command -> text.field("reproduce", command));
    }

    private String after() {
        return entry.durationMillis().isPresent()
                ? ", after " + entry.durationMillis().getAsLong() + " ms"
                : "";
    }

    private static String line(CertificateEntry certificate) {
        return Stream.of(
                        Optional.of(certificate.subject()),
                        certificate.issuer().map(issuer -> "issued by " + issuer),
                        certificate.serialNumber().map(number -> "serial number " + number),
                        Optional.of(certificate.key()).filter(key -> !key.isEmpty()),
                        certificate.notAfter().map(end -> "until " + end),
                        certificate.fingerprint().map(print -> "SHA-256 " + print))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static void print(String side, OfferEntry offer, Text text) {
        offer.serverName().ifPresent(name -> text.field(side + ", server name", name));
        for (OfferEntry.Kind kind : OfferEntry.Kind.values()) {
            List<String> offered = offer.of(kind);
            if (!offered.isEmpty()) {
                text.field(side + ", " + kind.label(), String.join(" ", offered));
            }
        }
    }
}
