package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.ServerEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.page.PageTable.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The endpoints and servers with their counts. */
final class EndpointTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("Endpoint"),
            Column.text("Address"),
            Column.text("Context"),
            new Column("Open", "open"),
            Column.number("Waiting"),
            Column.number("Accepted"),
            Column.number("Probes"),
            Column.number("Errors"),
            Column.text("Refused"),
            Column.text("Failed"));

    private final Html html;
    private final ServiceDocument document;

    EndpointTable(Html html, ServiceDocument document) {
        this.html = html;
        this.document = document;
    }

    void write() {
        PageTable table = PageTable.begin(html, "Endpoints and servers", COLUMNS);
        document.servers().forEach(server -> row(table, server));
        table.end();
    }

    private static void row(PageTable table, ServerEntry server) {
        ServerEntry.Counts counts = server.counts();
        table.row(List.of(
                cell -> name(cell, server),
                cell -> server.address().ifPresent(address -> cell.element("span class=\"code\"", address)),
                cell -> context(cell, server),
                cell -> open(cell, server),
                cell -> cell.number(counts.of("waiting")),
                cell -> cell.number(counts.of("accepted")),
                cell -> cell.number(counts.of("probes")),
                cell -> cell.number(counts.of("errors")),
                cell -> list(cell, counts.refused()),
                cell -> list(cell, counts.failed())));
    }

    private static void name(Html cell, ServerEntry server) {
        cell.element("strong", server.name()).markup(" ");
        String style = switch (server.state()) {
            case "RUNNING" -> "good";
            case "FAILED" -> "bad";
            default -> "none";
        };
        cell.element("span class=\"badge " + style + "\"", server.state());
        if (!server.isEndpoint()) {
            cell.element("small", "started by code");
        }
    }

    private static void context(Html cell, ServerEntry server) {
        server.context().ifPresentOrElse(cell::text, () -> cell.element("span class=\"muted\"", "none"));
    }

    private static void open(Html cell, ServerEntry server) {
        long active = server.counts().of("active");
        cell.number(active);
        server.maxConnections().ifPresent(limit -> {
            cell.text(" of ").number(limit);
            double share = limit <= 0 ? 0 : Math.min(100, 100.0 * active / limit);
            cell.markup("<svg class=\"meter\" height=\"6\" aria-hidden=\"true\" focusable=\"false\">"
                    + "<rect class=\"all\" width=\"100%\" height=\"6\"/><rect class=\"used\" height=\"6\" width=\""
                    + TimeScale.percent(share) + "\"/></svg>");
        });
        String settings = Stream.of(
                        server.whenFull().map(then -> "if full: " + then),
                        server.threads().map(threads -> "threads: " + threads))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        if (!settings.isEmpty()) {
            cell.element("small", settings);
        }
    }

    private static void list(Html cell, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        cell.markup("<ul>");
        counts.forEach((what, count) -> cell.markup("<li>")
                .number(count)
                .markup(" ")
                .element("span class=\"word\"", what)
                .markup("</li>"));
        cell.markup("</ul>");
    }
}
