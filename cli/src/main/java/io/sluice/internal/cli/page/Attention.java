package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.ContextEntry;
import io.sluice.internal.cli.document.ServerEntry;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.cli.document.Validity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Something that somebody has to look at.
 *
 * @param section where the page has more about it
 * @param style how bad it is
 * @param word what it is, in a word or two
 * @param text a short sentence
 */
record Attention(String section, String style, String word, String text) {

    /** {@return everything that needs attention, the worst first} */
    static List<Attention> of(ServiceDocument document) {
        List<Attention> all = new ArrayList<>();
        document.servers().stream()
                .filter(ServerEntry::hasFailed)
                .map(server -> new Attention(
                        "endpoints", "bad", "failed", server.name() + " does not accept connections any more"))
                .forEach(all::add);
        document.contexts().stream()
                .filter(context -> !context.problems().isEmpty())
                .map(Attention::notReloaded)
                .forEach(all::add);
        document.certificates().forEach(used -> {
            Validity validity = Validity.of(used.certificate(), document.time());
            if (validity.needsCare()) {
                all.add(new Attention(
                        "certificates",
                        CertificateTable.style(validity),
                        validity.label(),
                        new DistinguishedText(used.certificate().subject()).shortName() + ", "
                                + Validity.left(used.certificate(), document.time())));
            }
        });
        all.sort(Comparator.comparing(one -> !one.style.equals("bad")));
        return List.copyOf(all);
    }

    private static Attention notReloaded(ContextEntry context) {
        return new Attention(
                "contexts",
                "bad",
                "not reloaded",
                context.name() + " keeps what it had: " + context.problems().get(0));
    }
}
