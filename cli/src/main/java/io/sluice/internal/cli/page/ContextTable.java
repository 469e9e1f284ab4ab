package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.ContextEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.page.PageTable.Column;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The named contexts. */
final class ContextTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("Context"),
            Column.number("Generation"),
            Column.text("Loaded"),
            Column.text("Next look"),
            Column.number("Keys"),
            Column.number("Trusted"),
            new Column("Open streams", "streams"),
            Column.wide("Follows"));

    private final Html html;
    private final ServiceDocument document;

    ContextTable(Html html, ServiceDocument document) {
        this.html = html;
        this.document = document;
    }

    void write() {
        PageTable table = PageTable.begin(html, "Named contexts", COLUMNS);
        document.contexts()
                .forEach(context -> table.row(List.of(
                        cell -> name(cell, context),
                        cell -> context.generation().ifPresent(cell::number),
                        cell -> time(cell, context.loadedAt()),
                        cell -> time(cell, context.nextLook()),
                        cell -> cell.number(context.keys().size()),
                        cell -> cell.number(context.trust().size()),
                        cell -> streams(cell, context),
                        cell -> sources(cell, context))));
        table.end();
    }

    private static void name(Html cell, ContextEntry context) {
        cell.element("strong", context.name());
        if (!context.problems().isEmpty()) {
            cell.markup(" ").element("span class=\"badge bad\"", "not reloaded");
            context.problems().forEach(problem -> cell.element("small class=\"problem\"", problem));
        }
    }

    private void time(Html cell, Optional<Instant> time) {
        time.ifPresent(known -> {
            cell.markup("<time").attribute("datetime", known.toString()).markup(">");
            cell.text(Amounts.away(known, document.time())).markup("</time>");
        });
    }

    private static void streams(Html cell, ContextEntry context) {
        if (context.connections().isEmpty()) {
            return;
        }
        cell.markup("<ul>");
        context.connections()
                .forEach((generation, count) -> cell.markup("<li>")
                        .number(count)
                        .element("span class=\"muted\"", " of generation " + generation)
                        .markup("</li>"));
        cell.markup("</ul>");
    }

    private static void sources(Html cell, ContextEntry context) {
        context.sources().forEach(source -> cell.element("small class=\"code\"", source));
    }
}
