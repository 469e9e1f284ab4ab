package io.sluice.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stricter setting that is not enforced, but whose effect on the peers is reported.
 *
 * @param kind what is checked
 * @param trust the context whose trust verifies the peers; only of the kind {@link Kind#TRUST}
 * @param setting the configured word
 */
public record ReportOnlyPolicy(Kind kind, Optional<String> trust, Setting setting) {

    /** What a policy checks. */
    public enum Kind {
        /** As {@code protocols=TLSv1.3} would. */
        TLS13("tls13"),
        /** As {@code key-exchange-groups} with hybrid groups alone would. */
        PQ("pq"),
        /** As {@code client-auth=need} would. */
        CLIENT_CERT("client-cert"),
        /** No RSA key and no RSA signature on either side. */
        NO_RSA("no-rsa"),
        /** As the trust of another context would. */
        TRUST("trust:");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** {@return the word, which a name follows if it ends with a colon} */
        public String word() {
            return word;
        }
    }

    /** {@return the policy as it is configured} */
    public String word() {
        return kind.word() + trust.orElse("");
    }

    /** {@return the forms of all policies, for messages} */
    public static List<String> forms() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind == Kind.TRUST ? "trust:<context>" : kind.word())
                .toList();
    }

    /**
     * Reads a policy.
     *
     * @param setting the element of the list
     * @return the policy; empty if the word is none
     */
    public static Optional<ReportOnlyPolicy> of(Setting setting) {
        String word = setting.value();
        return Arrays.stream(Kind.values())
                .filter(kind -> kind == Kind.TRUST
                        ? word.startsWith(kind.word())
                                && word.length() > kind.word().length()
                        : word.equals(kind.word()))
                .map(kind -> new ReportOnlyPolicy(
                        kind,
                        kind == Kind.TRUST
                                ? Optional.of(
                                        word.substring(kind.word().length()).strip())
                                : Optional.empty(),
                        setting))
                .findFirst();
    }
}
