package io.sluice.internal.caller;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One rule that can be applied to certificates. */
final class CallerRule {

    /** An asterisk in the subject's parts stays within what dots, slashes and at signs separate. */
    private static final String WITHIN_TEXT = "[^./@\\p{Cntrl}]+";

    private final Setting pattern;
    private final Function<CertificateNames, Optional<String>> finder;

    private CallerRule(Setting pattern, Function<CertificateNames, Optional<String>> finder) {
        this.pattern = pattern;
        this.finder = finder;
    }

    /** Reads a rule; empty after a reported problem. */
    static Optional<CallerRule> of(AllowSettings.Rule rule, Problems problems) {
        try {
            return Optional.of(new CallerRule(rule.pattern(), finder(rule)));
        } catch (InvalidPatternException e) {
            problems.error(rule.pattern(), "the rule can match nothing: " + e.fault(), e.remedy());
            return Optional.empty();
        }
    }

    private static Function<CertificateNames, Optional<String>> finder(AllowSettings.Rule rule)
            throws InvalidPatternException {
        CallerKind kind = rule.kind();
        String text = rule.pattern().value().strip();
        if (kind == CallerKind.SUBJECT) {
            SubjectName wanted = SubjectName.parse(text);
            return names -> names.hasSubject(wanted) ? names.of(kind).stream().findFirst() : Optional.empty();
        }
        Predicate<String> matches = kind == CallerKind.SPKI
                ? KeyHash.parse(text)::equals
                : Pattern.compile(expression(kind, text)).asMatchPredicate();
        return names -> names.of(kind).stream().filter(matches).findFirst();
    }

    private static String expression(CallerKind kind, String text) throws InvalidPatternException {
        NamePattern.check(text);
        return switch (kind) {
            case DNS -> HostPattern.translate(text);
            case URI -> UriPattern.translate(text);
            case EMAIL -> EmailPattern.translate(text);
            default -> NamePattern.eitherCase(NamePattern.translate(text, WITHIN_TEXT));
        };
    }

    /** The match with the first of a certificate's names. */
    Optional<CallerMatch> match(CertificateNames names) {
        return finder.apply(names).map(name -> new CallerMatch(name, pattern.property(), pattern.value()));
    }
}
