package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.CertificateEntry;
import io.sluice.internal.cli.document.CertificateInUse;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.document.Validity;
import io.sluice.internal.cli.page.PageTable.Column;
import io.sluice.internal.cli.page.TimeScale.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificates on a line of time, the first to expire first. */
final class CertificateTable {

    private static final List<Column> COLUMNS = List.of(
            Column.wide("Certificate"), Column.text("Used by"), Column.text("State"), new Column("Validity", "line"));

    private final Html html;
    private final List<CertificateInUse> certificates;
    private final Instant now;
    private final TimeScale scale;

    CertificateTable(Html html, ServiceDocument document) {
        this.html = html;
        this.certificates = document.certificates();
        this.now = document.time();
        this.scale = TimeScale.around(
                now,
                certificates,
                used -> used.certificate().notBefore(),
                used -> used.certificate().notAfter());
    }

    void write() {
        html.markup("<div class=\"axis narrow\" aria-hidden=\"true\">");
        axis(html);
        html.markup("</div>");
        PageTable table =
                PageTable.begin(html, "Certificates, the first to expire first", "certificates", this::axis, COLUMNS);
        certificates.forEach(used -> table.row(List.of(
                cell -> name(cell, used.certificate()),
                cell -> uses(cell, used),
                cell -> state(cell, used.certificate()),
                cell -> bar(cell, used.certificate()))));
        table.end();
    }

    private static void name(Html cell, CertificateEntry certificate) {
        DistinguishedText subject = new DistinguishedText(certificate.subject());
        cell.element("strong", subject.shortName());
        if (subject.hasMore()) {
            cell.element("small", subject.whole());
        }
        certificate
                .issuer()
                .filter(issuer -> !issuer.equals(certificate.subject()))
                .ifPresent(issuer -> cell.element("small", "issued by " + new DistinguishedText(issuer).shortName()));
    }

    private static void uses(Html cell, CertificateInUse used) {
        cell.markup("<ul>");
        used.uses()
                .forEach(use -> cell.markup("<li>")
                        .text(use.context())
                        .element("span class=\"muted\"", " " + use.use())
                        .markup("</li>"));
        cell.markup("</ul>");
    }

    private void state(Html cell, CertificateEntry certificate) {
        Validity validity = Validity.of(certificate, now);
        cell.element("span class=\"badge " + style(validity) + "\"", validity.label());
        cell.markup(" ").element("span class=\"left\"", Validity.left(certificate, now));
        certificate.notAfter().ifPresent(end -> cell.element("small", "until " + Amounts.second(end)));
    }

    static String style(Validity validity) {
        return switch (validity) {
            case EXPIRED -> "bad";
            case ENDING, NOT_YET_VALID -> "warn";
            case VALID -> "good";
            case UNKNOWN -> "none";
        };
    }

    private void axis(Html cell) {
        cell.markup("<svg class=\"ticks\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">");
        tick(cell, new Mark(TimeScale.NOW, "now"), "now");
        for (int i = 0; i < scale.marks().size(); i++) {
            tick(cell, scale.marks().get(i), i % 2 == 0 ? "odd" : "even");
        }
        cell.markup("</svg>");
    }

    private static void tick(Html cell, Mark mark, String style) {
        cell.markup("<text class=\"" + style + "\" text-anchor=\"" + (mark.position() > 92 ? "end" : "middle")
                + "\" y=\"12\" x=\"" + TimeScale.percent(mark.position()) + "\">");
        cell.text(mark.label()).markup("</text>");
    }

    /** What has passed is pale, what is left is solid. */
    private void bar(Html cell, CertificateEntry certificate) {
        Validity validity = Validity.of(certificate, now);
        cell.markup("<svg class=\"bar " + style(validity) + "\" height=\"18\" role=\"img\" focusable=\"false\"")
                .attribute("aria-label", label(certificate))
                .markup(">");
        line(cell, TimeScale.NOW, "now");
        scale.marks().forEach(mark -> line(cell, mark.position(), "grid"));
        certificate.notAfter().ifPresent(end -> {
            double from = certificate.notBefore().map(scale::position).orElse(0.0);
            double to = scale.position(end);
            rect(cell, from, Math.min(to, TimeScale.NOW), "past");
            rect(cell, Math.max(from, TimeScale.NOW), to, "left");
            cell.markup("<rect class=\"end\" y=\"2\" height=\"14\" width=\"2\" transform=\"translate(-2 0)\" x=\""
                    + TimeScale.percent(to) + "\"/>");
        });
        cell.markup("</svg>");
        origin(cell, certificate);
    }

    private static void origin(Html cell, CertificateEntry certificate) {
        String origin = Stream.of(
                        Optional.of(certificate.key()).filter(key -> !key.isEmpty()),
                        certificate.signatureAlgorithm().map(algorithm -> "signed with " + algorithm),
                        certificate.serialNumber().map(number -> "serial number " + number),
                        certificate.source().map(source -> "from " + source))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        if (!origin.isEmpty()) {
            cell.element("small", origin);
        }
        certificate.fingerprint().ifPresent(print -> cell.element("small class=\"print\"", "SHA-256 " + print));
    }

    private String label(CertificateEntry certificate) {
        return String.format(
                Locale.ROOT,
                "valid%s%s, %s",
                certificate
                        .notBefore()
                        .map(begin -> " from " + Amounts.day(begin))
                        .orElse(""),
                certificate.notAfter().map(end -> " until " + Amounts.day(end)).orElse(""),
                Validity.left(certificate, now));
    }

    private static void line(Html cell, double position, String style) {
        String x = TimeScale.percent(position);
        cell.markup("<line class=\"" + style + "\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"0\" y2=\"18\"/>");
    }

    private static void rect(Html cell, double from, double to, String style) {
        if (to > from) {
            cell.markup("<rect class=\"" + style + "\" y=\"5\" height=\"8\" x=\"" + TimeScale.percent(from)
                    + "\" width=\"" + TimeScale.percent(to - from) + "\"/>");
        }
    }
}
