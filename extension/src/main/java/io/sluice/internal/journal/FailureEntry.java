package io.sluice.internal.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.context.SslSide;
import io.sluice.internal.settings.PrintableText;
import io.sluice.journal.HandshakeOffer;
import io.sluice.journal.HandshakeStep;
import io.sluice.journal.JournalEntry;
import io.sluice.stream.SocketStreamException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** An explained failure. */
record FailureEntry(
        Instant time,
        Instant first,
        long count,
        Optional<String> context,
        Optional<String> endpoint,
        SslSide side,
        String peer,
        Kind kind,
        String message,
        HandshakeStep step,
        Duration duration,
        Optional<String> ja4,
        HandshakeOffer client,
        HandshakeOffer server,
        Optional<CertificateDescription> certificate,
        Optional<String> setting,
        String remedy,
        Optional<String> reproduce)
        implements JournalEntry {

    FailureEntry again(Instant last, long times) {
        return new FailureEntry(
                last,
                first,
                times,
                context,
                endpoint,
                side,
                peer,
                kind,
                message,
                step,
                duration,
                ja4,
                client,
                server,
                certificate,
                setting,
                remedy,
                reproduce);
    }

    @Override
    public String toString() {
        StringBuilder report = new StringBuilder();
        report.append(time.truncatedTo(ChronoUnit.MILLIS))
                .append(' ')
                .append(kind)
                .append(", step ")
                .append(step);
        line(report, "where", where());
        line(report, "peer", peer);
        if (count > 1) {
            line(report, "times", count + " since " + first.truncatedTo(ChronoUnit.MILLIS));
        }
        line(report, "what", message);
        line(report, "after", duration.toMillis() + " ms");
        line(report, "client", client.toString());
        line(report, "server", server.toString());
        ja4.ifPresent(known -> line(report, "JA4", known));
        certificate.ifPresent(known -> line(report, "certificate", shown(known)));
        setting.ifPresent(known -> line(report, "setting", known));
        line(report, "remedy", remedy);
        reproduce.ifPresent(known -> line(report, "reproduce", known));
        return report.toString();
    }

    private String where() {
        return context.map(name -> "context '" + name + "'").orElse("no named context")
                + endpoint.map(name -> ", endpoint '" + name + "'").orElse("")
                + ", as the " + side.name().toLowerCase(Locale.ROOT);
    }

    private static String shown(CertificateDescription certificate) {
        return "'" + certificate.subject() + "' issued by '" + certificate.issuer() + "', valid from "
                + certificate.notBefore() + " to " + certificate.notAfter() + ", SHA-256 " + certificate.fingerprint()
                + " (" + certificate.source() + ")";
    }

    private static void line(StringBuilder report, String name, String value) {
        report.append(String.format(Locale.ROOT, "%n  %-12s", name)).append(PrintableText.of(value));
    }
}
