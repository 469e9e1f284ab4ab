package io.sluice.internal.cli;

import io.sluice.internal.cli.document.CertificateEntry;
import io.sluice.internal.cli.document.ContextEntry;
import io.sluice.internal.cli.document.Validity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A context in the text about a service.
 *
 * @param context the context
 * @param now when the service answered
 */
record ContextSection(ContextEntry context, Instant now) {

    void print(Text text) {
        String state = Stream.of(
                        context.generation().stream().mapToObj(count -> "generation " + count),
                        context.loadedAt().stream().map(time -> "loaded " + time),
                        context.nextLook().stream().map(time -> "next look " + time),
                        context.connections().entrySet().stream()
                                .map(open ->
                                        Text.counted(open.getValue(), "stream") + " of generation " + open.getKey()))
                .flatMap(part -> part)
                .collect(Collectors.joining(", "));
        if (context.problems().isEmpty()) {
            text.good(context.name() + ":", " " + state);
        } else {
            text.bad(context.name() + ":", " " + state);
        }
        context.problems().forEach(problem -> text.bad("  problem:", " " + problem));
        context.keys().forEach(key -> printKey(key, text));
        context.trust().forEach(anchor -> print("trust", anchor, text));
        context.sources().forEach(source -> text.field("follows", source));
    }

    private void printKey(ContextEntry.Key key, Text text) {
        List<CertificateEntry> chain = key.chain();
        chain.stream()
                .limit(1)
                .forEach(own -> print(key.name().map(name -> "key " + name).orElse("key"), own, text));
        chain.stream().skip(1).forEach(issuer -> print("chain", issuer, text));
    }

    private void print(String use, CertificateEntry certificate, Text text) {
        String about = Stream.of(
                        Optional.of(certificate.subject()),
                        Optional.of(Validity.left(certificate, now)),
                        certificate.notAfter().map(end -> "until " + end),
                        Optional.of(certificate.key()).filter(key -> !key.isEmpty()),
                        certificate.source())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        Validity validity = Validity.of(certificate, now);
        if (validity.needsCare()) {
            text.doubtful("  " + validity.label() + ":", " " + use + ": " + about);
        } else {
            text.field(use, about);
        }
    }
}
