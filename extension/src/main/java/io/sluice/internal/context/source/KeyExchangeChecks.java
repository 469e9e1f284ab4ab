package io.sluice.internal.context.source;

import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Decides what the JSSE engines of a context negotiate in a key exchange, and checks that they do. An engine ignores a name that it does not
 * know, and reports it nevertheless. So what counts is what its ClientHello offers.
 */
final class KeyExchangeChecks {

    private static final String HYBRID = "X25519MLKEM768";
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    /** What is chosen: groups, or signature schemes. */
    private enum Kind {
        GROUPS(
                "group",
                "key exchange groups",
                "engine=boringssl with the jar io.sluice:sluice-boringssl, provider=BCJSSE, or JDK 20 or later",
                KeyExchange::groups) {
            @Override
            KeyExchange exchange(List<String> names) {
                return new KeyExchange(names, List.of());
            }
        },
        SCHEMES(
                "signature scheme",
                "signature schemes",
                "provider=BCJSSE, or JDK 19 or later",
                KeyExchange::signatureSchemes) {
            @Override
            KeyExchange exchange(List<String> names) {
                return new KeyExchange(List.of(), names);
            }
        };

        private final String one;
        private final String all;
        private final String honoured;
        private final Function<KeyExchange, List<String>> offered;

        Kind(String one, String all, String honoured, Function<KeyExchange, List<String>> offered) {
            this.one = one;
            this.all = all;
            this.honoured = honoured;
            this.offered = offered;
        }

        abstract KeyExchange exchange(List<String> names);
    }

    private final HelloTrial trial;
    private final String provider;
    private final Problems problems;
    private final List<String> protocols;

    private KeyExchangeChecks(SSLContext context, List<String> protocols, Problems problems) {
        this.trial = new HelloTrial(context, protocols);
        this.provider = context.getProvider().getName();
        this.protocols = protocols;
        this.problems = problems;
    }

    /**
     * Decides what is negotiated.
     *
     * @param settings the settings
     * @param protocols the versions that the context enables
     * @param context the context whose engines will be used
     * @param problems receives what cannot be honoured
     */
    static KeyExchange check(EngineSettings settings, List<String> protocols, SSLContext context, Problems problems) {
        return new KeyExchangeChecks(context, protocols, problems).of(settings);
    }

    /** The same for a context that somebody else makes: what is not configured stays as it is there. */
    static KeyExchange configured(
            EngineSettings settings, List<String> protocols, SSLContext context, Problems problems) {
        boolean nothing = settings.keyExchangeGroups().isEmpty()
                && settings.signatureSchemes().isEmpty();
        return nothing || problems.hasErrors() ? KeyExchange.DEFAULT : check(settings, protocols, context, problems);
    }

    private KeyExchange of(EngineSettings settings) {
        List<String> schemes = settings.signatureSchemes()
                .map(list -> chosen(Kind.SCHEMES, list))
                .orElse(List.of());
        List<String> groups = settings.keyExchangeGroups()
                .map(list -> chosen(Kind.GROUPS, list))
                .filter(list -> !list.isEmpty())
                .orElseGet(this::hybridFirst);
        settings.keyExchangeGroups().ifPresent(list -> {
            refuseTls12(list.setting(), groups);
            warnOfLostSchemes(list.setting(), groups);
        });
        return new KeyExchange(groups, schemes);
    }

    /** The engine's own groups with the hybrid one before the others; empty if the engine's order is right, or unknown. */
    private List<String> hybridFirst() {
        List<String> own = protocols.contains(TLS_1_3) && trial.mayKnow(HYBRID)
                ? trial.offer(KeyExchange.DEFAULT).map(KeyExchange::groups).orElse(List.of())
                : List.of();
        if (own.indexOf(HYBRID) <= 0) {
            return List.of();
        }
        List<String> groups = new ArrayList<>(own);
        groups.remove(HYBRID);
        groups.add(0, HYBRID);
        return groups;
    }

    private List<String> chosen(Kind kind, PreferenceList list) {
        List<String> names =
                list.elements().stream().map(PreferenceList.Element::name).toList();
        Optional<KeyExchange> offer = trial.offer(kind.exchange(names));
        if (offer.isEmpty()) {
            return names; // Of a server that manages the context: the handshake will tell.
        }
        List<String> known = new ArrayList<>(kind.offered.apply(offer.get()));
        if (!isObeyed(names, known)) {
            refuse(kind, list);
            return List.of();
        }
        names.stream()
                .filter(name -> known.stream().noneMatch(name::equalsIgnoreCase) && isKnownAlone(kind, name))
                .forEach(known::add);
        list.missing(known).forEach(name -> reportUnknown(kind, name, list.setting()));
        return list.usable(known);
    }

    /** An engine that ignores the list offers its own. */
    private static boolean isObeyed(List<String> names, List<String> offered) {
        return offered.stream()
                .allMatch(name -> name.startsWith("0x") || names.stream().anyMatch(name::equalsIgnoreCase));
    }

    /** The name of a number that is not in Sluice's registry. */
    private boolean isKnownAlone(Kind kind, String name) {
        return trial.offer(kind.exchange(List.of(name)))
                .filter(offer -> kind.offered.apply(offer).size() == 1
                        && kind.offered.apply(offer).get(0).startsWith("0x"))
                .isPresent();
    }

    private void refuse(Kind kind, PreferenceList list) {
        boolean allOptional = list.elements().stream().allMatch(PreferenceList.Element::optional);
        if (!allOptional) {
            problems.error(
                    list.setting(),
                    "the " + kind.all + " of the engine of " + provider + " cannot be set in this JVM",
                    "Use " + kind.honoured + ", or mark each " + kind.one + " as optional (" + marked(list) + ")");
        }
    }

    private static String marked(PreferenceList list) {
        return list.elements().stream().map(element -> element.name() + "?").collect(Collectors.joining(","));
    }

    private void reportUnknown(Kind kind, String name, Setting setting) {
        List<String> own = trial.offer(KeyExchange.DEFAULT).map(kind.offered).orElse(List.of());
        boolean postQuantum = kind == Kind.GROUPS && KeyExchange.isPostQuantum(name);
        problems.error(
                setting,
                "the engine of " + provider + " has no " + kind.one + " '" + name + "'" + NearNames.suggest(name, own),
                "Use one of " + String.join(", ", own) + ", or write '" + name + "?' to omit it where it is missing"
                        + (postQuantum
                                ? ", or use engine=boringssl with the jar io.sluice:sluice-boringssl, or provider=BCJSSE"
                                : ""));
    }

    private void refuseTls12(Setting setting, List<String> groups) {
        if (!groups.isEmpty() && groups.stream().allMatch(KeyExchange::isPostQuantum) && protocols.contains(TLS_1_2)) {
            problems.error(
                    setting,
                    "its groups belong to TLSv1.3, so " + TLS_1_2 + ", which is enabled, cannot exchange keys",
                    "Set protocols=" + TLS_1_3 + ", or add a group such as x25519");
        }
    }

    /** Bouncy Castle signs and verifies with a curve only if the curve is a group too. */
    private void warnOfLostSchemes(Setting setting, List<String> groups) {
        Optional<KeyExchange> before = trial.offer(KeyExchange.DEFAULT);
        Optional<KeyExchange> after = groups.isEmpty() ? before : trial.offer(new KeyExchange(groups, List.of()));
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        List<String> lost = before.get().signatureSchemes().stream()
                .filter(scheme -> scheme.startsWith("ecdsa_secp")
                        && !after.get().signatureSchemes().contains(scheme))
                .toList();
        if (!lost.isEmpty()) {
            problems.warn(Problem.of(
                    setting,
                    "with these groups, the engine of " + provider
                            + " accepts no certificates with the signature schemes " + String.join(", ", lost),
                    "Add the groups of these curves (secp256r1, secp384r1, secp521r1), or use RSA or Ed25519 certificates"
                            + " on both sides"));
        }
    }
}
