package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.CertificateEntry;
import io.sluice.internal.cli.document.FailureEntry;
import io.sluice.internal.cli.document.OfferEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.document.Validity;
import io.sluice.internal.cli.page.PageTable.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The connections that failed, the last one first: what happened, what to do, and the facts behind it. */
final class JournalList {

    private static final List<Column> OFFERS =
            List.of(Column.text("Offer"), Column.wide("Client"), Column.wide("Server"));

    private final Html html;
    private final ServiceDocument document;

    JournalList(Html html, ServiceDocument document) {
        this.html = html;
        this.document = document;
    }

    void write() {
        html.markup("<ol class=\"journal\">");
        boolean isFirst = true;
        for (FailureEntry entry : document.journal()) {
            html.markup("<li><article>");
            head(entry);
            html.markup("<div class=\"said\">");
            entry.message().ifPresent(message -> html.element("p", message));
            entry.remedy()
                    .ifPresent(remedy -> html.markup("<p class=\"remedy\"><b>What to do</b> ")
                            .text(remedy)
                            .markup("</p>"));
            facts(entry, isFirst);
            html.markup("</div></article></li>\n");
            isFirst = false;
        }
        html.markup("</ol>\n");
    }

    private void head(FailureEntry entry) {
        html.markup("<div class=\"where\">").element("h3", entry.kind());
        entry.time()
                .ifPresent(time -> html.markup("<time")
                        .attribute("datetime", time.toString())
                        .markup(">")
                        .text(Amounts.second(time))
                        .markup("</time>")
                        .element("small", Amounts.away(time, document.time())));
        if (entry.count() > 1) {
            html.element("small", times(entry));
        }
        html.markup("<dl>");
        term("endpoint", entry.endpoint(), "");
        term("context", entry.context(), "");
        term("peer", entry.peer(), "code");
        html.markup("</dl></div>");
    }

    private String times(FailureEntry entry) {
        return Amounts.count(entry.count()) + " times"
                + entry.first()
                        .map(first -> ", first " + Amounts.away(first, document.time()))
                        .orElse("");
    }

    private void facts(FailureEntry entry, boolean isOpen) {
        html.markup("<details" + (isOpen ? " open" : "") + "><summary>Facts</summary><dl class=\"facts\">");
        term("step", entry.step(), "");
        if (entry.durationMillis().isPresent()) {
            term("duration", Optional.of(Amounts.count(entry.durationMillis().getAsLong()) + " ms"), "");
        }
        term("side", entry.side(), "");
        term("setting", entry.setting(), "code");
        term("JA4", entry.ja4(), "code");
        term("certificate", entry.certificate().map(this::line), "");
        term("reproduce", entry.reproduce(), "code");
        html.markup("</dl>");
        if (entry.client().isPresent() || entry.server().isPresent()) {
            offers(entry);
        }
        html.markup("</details>");
    }

    private void term(String name, Optional<String> value, String style) {
        value.ifPresent(known -> html.markup("<div>")
                .element("dt", name)
                .element("dd class=\"" + style + "\"", known)
                .markup("</div>"));
    }

    private String line(CertificateEntry certificate) {
        return Stream.of(
                        Optional.of(certificate.subject()),
                        certificate.issuer().map(issuer -> "issued by " + issuer),
                        certificate.serialNumber().map(number -> "serial number " + number),
                        Optional.of(certificate.key()).filter(key -> !key.isEmpty()),
                        certificate.signatureAlgorithm().map(algorithm -> "signed with " + algorithm),
                        Optional.of(Validity.left(certificate, document.time())),
                        certificate.source().map(source -> "from " + source),
                        certificate.fingerprint().map(print -> "SHA-256 " + print))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    /** What both have is marked, so that one sees what is missing. */
    private void offers(FailureEntry entry) {
        PageTable table = PageTable.begin(html, "What each side offers", "offers", last -> {}, OFFERS);
        Optional<String> asked = entry.client().flatMap(OfferEntry::serverName);
        asked.ifPresent(name -> table.row(List.of(
                cell -> cell.text("server name"), cell -> cell.element("span class=\"word\"", name), cell -> {})));
        for (OfferEntry.Kind kind : OfferEntry.Kind.values()) {
            List<String> client = entry.client().map(offer -> offer.of(kind)).orElse(List.of());
            List<String> server = entry.server().map(offer -> offer.of(kind)).orElse(List.of());
            if (!client.isEmpty() || !server.isEmpty()) {
                Set<String> common = new HashSet<>(client);
                common.retainAll(server);
                table.row(List.of(
                        cell -> cell.text(kind.label()),
                        cell -> offered(cell, client, common),
                        cell -> offered(cell, server, common)));
            }
        }
        table.end();
        html.markup("<p class=\"muted key\"><mark>Marked</mark> is what both sides have.</p>");
    }

    private static void offered(Html cell, List<String> offered, Set<String> common) {
        if (offered.isEmpty()) {
            cell.element("span class=\"muted\"", "none");
            return;
        }
        cell.markup("<ul class=\"offer\">");
        offered.forEach(one -> cell.markup("<li>")
                .element(common.contains(one) ? "mark" : "span", one)
                .markup("</li>"));
        cell.markup("</ul>");
    }
}
