package io.sluice.internal.settings;

import java.util.List;
import java.util.Optional;

/**
 * The rules about which clients may connect. Plain data.
 *
 * @param rules the rules, which are alternatives; if there are none, every verified client may connect
 */
public record AllowSettings(List<Rule> rules) {

    /** No rules. */
    public static final AllowSettings NONE = new AllowSettings(List.of());

    /** The part that all keys of rules have in common. */
    public static final String KEY = "client-auth.allow";

    /**
     * One rule.
     *
     * @param kind the kind of name
     * @param pattern the pattern, with the property that contains it
     */
    public record Rule(CallerKind kind, Setting pattern) {}

    /** Copies the rules. */
    public AllowSettings {
        rules = List.copyOf(rules);
    }

    /**
     * Returns a setting to blame for a problem with all rules.
     *
     * @return the first rule; empty if there are none
     */
    public Optional<Setting> first() {
        return rules.stream().findFirst().map(Rule::pattern);
    }

    /**
     * Reports that the rules cannot be enforced, because the context's trust is not made here.
     *
     * @param maker who makes the context, in the words of a message
     * @param problems receives an error if there are rules
     */
    public void refuse(String maker, Problems problems) {
        first().ifPresent(rule -> problems.error(
                rule,
                maker + " decides whom this context trusts, so Sluice cannot enforce the rule",
                "Let the context's own trust manager check the names, or configure keys and trust here"));
    }
}
