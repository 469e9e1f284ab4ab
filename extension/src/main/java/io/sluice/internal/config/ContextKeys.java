package io.sluice.internal.config;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys of a context. */
final class ContextKeys {

    /** The property that lists contexts which only the environment configures. */
    static final String LIST = "sluice.contexts";

    static final String NONE_FAULT = ContextName.NONE + " is plaintext and has no settings";

    static final String PEM_PAIRS = "key-store.pem";
    static final String PEM = PEM_PAIRS + ".";
    static final String MANAGED = "managed.";

    static final String MANAGED_KIND = MANAGED + "kind";
    /** Distinguished names. They contain commas. */
    static final String SUBJECTS = "client-auth.allow.subject";

    static final String KEY_STORE_KIND = "key-store.kind";
    static final String TRUST_STORE_KIND = "trust-store.kind";

    private static final Set<String> FIXED = Set.of(
            MANAGED_KIND,
            MANAGED + "jndi",
            MANAGED + "liberty",
            MANAGED + "elytron",
            "key-store.pem.order",
            "key-store.p12.path",
            "key-store.p12.password",
            "key-store.p12.alias",
            "key-store.p12.alias-password",
            "key-store.jks.path",
            "key-store.jks.password",
            "key-store.jks.alias",
            "key-store.jks.alias-password",
            "key-store.other.type",
            "key-store.other.provider",
            "key-store.other.path",
            "key-store.other.password",
            "key-store.other.alias",
            "key-store.other.alias-password",
            KEY_STORE_KIND,
            "key-store.sni",
            "trust-store.pem.certs",
            "trust-store.p12.path",
            "trust-store.p12.password",
            "trust-store.p12.alias",
            "trust-store.jks.path",
            "trust-store.jks.password",
            "trust-store.jks.alias",
            "trust-store.other.type",
            "trust-store.other.provider",
            "trust-store.other.path",
            "trust-store.other.password",
            "trust-store.other.alias",
            TRUST_STORE_KIND,
            "trust-store.jdk",
            "trust-store.include-default",
            "trust-store.revocation-lists",
            "trust-all",
            "revocation",
            "protocols",
            "cipher-suites",
            "client-auth",
            SUBJECTS,
            "client-auth.allow.uri",
            "client-auth.allow.dns",
            "client-auth.allow.email",
            "client-auth.allow.cn",
            "client-auth.allow.spki",
            "client-auth.allow.ou",
            "alpn",
            "hostname-verification-algorithm",
            "handshake-timeout",
            "close-timeout",
            "reload-period",
            "expiry-warning",
            "key-store.certificate-expiration-policy",
            "trust-store.certificate-expiration-policy");

    static final PropertyKeys KEYS = new PropertyKeys(
            ContextSettings.PREFIX,
            FIXED,
            Set.of(
                    "key-store.pem.order",
                    "trust-store.pem.certs",
                    "trust-store.revocation-lists",
                    "protocols",
                    "cipher-suites",
                    SUBJECTS,
                    "client-auth.allow.uri",
                    "client-auth.allow.dns",
                    "client-auth.allow.email",
                    "client-auth.allow.cn",
                    "client-auth.allow.spki",
                    "client-auth.allow.ou",
                    "alpn",
                    "expiry-warning"),
            Set.of("cert", "key", "password"));

    /** The ends of the keys whose values hold locations, inline material or passwords. */
    private static final Pattern MATERIAL = Pattern.compile(
            ".*\\.(path|cert|key|password|alias-password|password-file|certs|revocation-lists)(\\[\\d+]|\\.\\d+)?");

    private static final Pattern OF_A_KIND = Pattern.compile("(key|trust)-store\\.(pem|p12|jks|other|jdk)(\\..*)?");

    private ContextKeys() {}

    /** Tests whether a property holds a location, inline material or a password, so that a watch must look at its value. */
    static boolean isMaterial(String property) {
        return property.startsWith(ContextSettings.PREFIX)
                && MATERIAL.matcher(property).matches();
    }

    /** The key that selects among the kinds of store to which a key belongs. */
    static Optional<String> kindKey(String key) {
        Matcher kind = OF_A_KIND.matcher(key);
        return kind.matches() ? Optional.of(kind.group(1) + "-store.kind") : Optional.empty();
    }

    /**
     * Tests whether an empty value is an error. A variable that somebody forgot to set must not weaken a context. Passwords have their
     * own messages.
     */
    static boolean mustNotBeEmpty(String key) {
        return !key.endsWith(".password")
                && (key.startsWith(MANAGED)
                        || key.startsWith("key-store.")
                        || key.startsWith("trust-store.")
                        || key.startsWith("client-auth.")
                        || Set.of("protocols", "cipher-suites", "client-auth", "revocation")
                                .contains(key));
    }

    /** The keys of a context's keys and trust, except PEM pairs. */
    static Set<String> ofMaterial() {
        return FIXED.stream()
                .filter(key -> key.startsWith("key-store.")
                        || key.startsWith("trust-store.")
                        || key.equals("trust-all")
                        || key.equals("revocation"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
