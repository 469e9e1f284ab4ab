package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.ConnectionEntry;
import io.sluice.internal.cli.document.ServerEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.page.PageTable.Column;
import java.util.List;

/** The open connections of all endpoints. */
final class ConnectionTable {

    private static final List<Column> COLUMNS = List.of(
            new Column("Peer", "p"),
            Column.text("Endpoint"),
            Column.wide("Caller"),
            Column.text("Open since"),
            Column.number("Received"),
            Column.number("Sent"),
            Column.text("Protocol"),
            Column.text("Cipher suite"),
            new Column("Group", "group"));

    private final Html html;
    private final ServiceDocument document;

    ConnectionTable(Html html, ServiceDocument document) {
        this.html = html;
        this.document = document;
    }

    void write() {
        PageTable table = PageTable.begin(html, "Open connections", COLUMNS);
        for (ServerEntry server : document.servers()) {
            server.connections().forEach(connection -> row(table, server, connection));
        }
        table.end();
        document.servers().stream()
                .filter(server -> server.omittedConnections() > 0)
                .forEach(server -> html.markup("<p class=\"muted\">")
                        .number(server.omittedConnections())
                        .text(" more of " + server.name() + " are not listed.")
                        .markup("</p>"));
    }

    private void row(PageTable table, ServerEntry server, ConnectionEntry connection) {
        table.row(List.of(
                cell -> cell.element("span class=\"code\"", connection.peer()),
                cell -> cell.text(server.name()),
                cell -> connection.caller().ifPresent(cell::text),
                cell -> connection
                        .since()
                        .ifPresent(since -> cell.markup("<time")
                                .attribute("datetime", since.toString())
                                .markup(">")
                                .text(Amounts.away(since, document.time()))
                                .markup("</time>")),
                cell -> connection.bytesReceived().ifPresent(bytes -> cell.text(Amounts.bytes(bytes))),
                cell -> connection.bytesSent().ifPresent(bytes -> cell.text(Amounts.bytes(bytes))),
                cell -> protocol(cell, connection),
                cell -> connection.cipherSuite().ifPresent(suite -> cell.element("span class=\"code\"", suite)),
                cell -> connection.group().ifPresent(group -> cell.element("span class=\"code\"", group))));
    }

    private static void protocol(Html cell, ConnectionEntry connection) {
        connection.protocol().ifPresentOrElse(cell::text, () -> cell.element("span class=\"muted\"", "plaintext"));
        if (connection.isResumed()) {
            cell.element("small", "resumed");
        }
    }
}
