package io.sluice.internal.cli;

import io.sluice.internal.cli.document.ConnectionEntry;
import io.sluice.internal.cli.document.ServerEntry;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An endpoint or server in the text about a service.
 *
 * @param server the server
 */
record ServerSection(ServerEntry server) {

    void print(Text text) {
        String about = Stream.of(
                        Optional.of(server.state()),
                        server.address(),
                        Optional.of(server.context()
                                .map(name -> "context '" + name + "'")
                                .orElse("no context")),
                        server.threads().map(threads -> "threads " + threads))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        if (server.hasFailed()) {
            text.bad(server.name() + ":", " " + about);
        } else {
            text.good(server.name() + ":", " " + about);
        }
        printCounts(text);
        server.connections().forEach(connection -> text.field("connection", line(connection)));
        if (server.omittedConnections() > 0) {
            text.field("", "and " + Text.counted(server.omittedConnections(), "further connection"));
        }
    }

    private void printCounts(Text text) {
        ServerEntry.Counts counts = server.counts();
        String limit = server.maxConnections().isPresent()
                ? " of " + server.maxConnections().getAsLong()
                        + server.whenFull().map(then -> " (then " + then + ")").orElse("")
                : "";
        text.field(
                "counts",
                counts.of("active") + " open" + limit + ", " + counts.of("waiting") + " waiting, "
                        + counts.of("accepted") + " accepted, " + Text.counted(counts.of("probes"), "probe") + ", "
                        + Text.counted(counts.of("errors"), "error"));
        if (!counts.refused().isEmpty()) {
            text.field("refused", list(counts.refused()));
        }
        if (!counts.failed().isEmpty()) {
            text.field("failed", list(counts.failed()));
        }
    }

    private static String list(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String line(ConnectionEntry connection) {
        return Stream.of(
                        Optional.of(connection.peer()),
                        connection.caller(),
                        connection.since().map(since -> "since " + since),
                        connection.protocol(),
                        connection.cipherSuite(),
                        connection.group(),
                        connection.isResumed() ? Optional.of("resumed") : Optional.<String>empty(),
                        bytes(connection))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> bytes(ConnectionEntry connection) {
        return connection.bytesReceived().isPresent() && connection.bytesSent().isPresent()
                ? Optional.of(connection.bytesReceived().getAsLong() + " bytes in, "
                        + connection.bytesSent().getAsLong() + " out")
                : Optional.empty();
    }
}
