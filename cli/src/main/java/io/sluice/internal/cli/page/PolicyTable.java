package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.PolicyEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.page.PageTable.Column;
import java.util.List;

/** The policies that are tried, and whom they would hit. */
final class PolicyTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("Policy"),
            Column.text("Context"),
            Column.number("Checked"),
            Column.number("Would fail"),
            Column.wide("Peers"));

    private final Html html;
    private final ServiceDocument document;

    PolicyTable(Html html, ServiceDocument document) {
        this.html = html;
        this.document = document;
    }

    void write() {
        PageTable table = PageTable.begin(html, "Policies on trial", COLUMNS);
        document.policies()
                .forEach(policy -> table.row(List.of(
                        cell -> cell.element("strong", policy.policy()),
                        cell -> cell.text(policy.context()),
                        cell -> checked(cell, policy),
                        cell -> cell.number(policy.violations())
                                .element("small", Amounts.percent(policy.violations(), policy.checked())),
                        cell -> peers(cell, policy))));
        table.end();
    }

    private static void checked(Html cell, PolicyEntry policy) {
        cell.number(policy.checked());
        if (policy.unchecked() > 0) {
            cell.element("small", Amounts.count(policy.unchecked()) + " not checked");
        }
    }

    private void peers(Html cell, PolicyEntry policy) {
        if (policy.peers().isEmpty()) {
            return;
        }
        cell.markup("<ul>");
        policy.peers().forEach(peer -> {
            cell.markup("<li>")
                    .text(peer.peer())
                    .element("span class=\"muted\"", ", " + Amounts.count(peer.count()) + "×");
            peer.last()
                    .ifPresent(last ->
                            cell.element("span class=\"muted\"", ", last " + Amounts.away(last, document.time())));
            peer.reason().ifPresent(reason -> cell.element("small", reason));
            cell.markup("</li>");
        });
        cell.markup("</ul>");
    }
}
