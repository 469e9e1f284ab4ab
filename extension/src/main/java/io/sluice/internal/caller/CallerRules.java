package io.sluice.internal.caller;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problems;
import java.security.cert.X509Certificate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules of one context about which clients may connect. Immutable. Thread-safe. */
public final class CallerRules {

    /** No rules: every verified client may connect. */
    public static final CallerRules NONE = new CallerRules(List.of(), "", false);

    private final List<CallerRule> rules;
    private final String prefix;
    private final boolean showsKeys;

    private CallerRules(List<CallerRule> rules, String prefix, boolean showsKeys) {
        this.rules = rules;
        this.prefix = prefix;
        this.showsKeys = showsKeys;
    }

    /**
     * Reads the rules of a context.
     *
     * @param context the context's name
     * @param settings the configured rules
     * @param problems receives an error for each rule that can match nothing
     * @return the rules that can match something, in the order of their kinds
     */
    public static CallerRules of(ContextName context, AllowSettings settings, Problems problems) {
        List<CallerRule> rules = settings.rules().stream()
                .sorted(Comparator.comparing(AllowSettings.Rule::kind))
                .flatMap(rule -> CallerRule.of(rule, problems).stream())
                .toList();
        boolean showsKeys = settings.rules().stream().anyMatch(rule -> rule.kind() == CallerKind.SPKI);
        return rules.isEmpty() ? NONE : new CallerRules(rules, context.property(AllowSettings.KEY), showsKeys);
    }

    /**
     * Tests whether every verified client may connect.
     *
     * @return true if there are no rules
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Finds the rule that admits a client.
     *
     * @param chain the verified certificates of the client, its own first
     * @return the first match; empty if there are no rules
     * @throws CallerRefusedException if there are rules and none matches
     */
    public Optional<CallerMatch> admit(List<X509Certificate> chain) throws CallerRefusedException {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        if (chain.isEmpty()) {
            throw new CallerRefusedException("the client sent no certificate, so no rule of " + prefix + " admits it");
        }
        CertificateNames names = new CertificateNames(chain.get(0));
        for (CallerRule rule : rules) {
            Optional<CallerMatch> match = rule.match(names);
            if (match.isPresent()) {
                return match;
            }
        }
        throw new CallerRefusedException("no rule of " + prefix + " admits the certificate of " + names.shown()
                + (showsKeys ? " with the key " + KeyHash.of(chain.get(0)) : ""));
    }
}
