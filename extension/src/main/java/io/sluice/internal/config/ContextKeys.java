package io.sluice.internal.config;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a context. */
final class ContextKeys {

    /** The property that lists contexts which only the environment configures. */
    static final String LIST = "sluice.contexts";

    static final String NONE_FAULT = ContextName.NONE + " is plaintext and has no settings";

    static final String MANAGED = "managed.";

    static final String MANAGED_KIND = MANAGED + "kind";

    /** Distinguished names. They contain commas. */
    static final String SUBJECTS = "client-auth.allow.subject";

    static final String CLIENT_AUTH = "client-auth";
    static final String ALLOW = CLIENT_AUTH + ".allow.";

    static final String TRUST_STORE_KIND = "trust-store.kind";

    private static final Set<String> OTHERS = Set.of(
            Ancestry.INHERITS,
            MANAGED_KIND,
            MANAGED + "jndi",
            MANAGED + "liberty",
            MANAGED + "elytron",
            SniReader.SNI,
            SniReader.UNMATCHED,
            SniReader.MISSING,
            "trust-store.jdk",
            "trust-store.include-default",
            "trust-store.revocation-lists",
            "trust-all",
            "revocation",
            "revocation.soft-fail",
            "revocation.only-end-entity",
            SessionReader.TIMEOUT,
            SessionReader.CACHE_SIZE,
            SessionReader.TICKETS,
            SessionReader.TICKET_KEYS,
            EngineReader.ENGINE,
            EngineReader.PROVIDER,
            EngineReader.GROUPS,
            EngineReader.SCHEMES,
            EngineReader.WARM_UP,
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

    private static final Set<String> NOT_EMPTY = Set.of(
            "protocols",
            "cipher-suites",
            "client-auth",
            "revocation",
            Ancestry.INHERITS,
            EngineReader.ENGINE,
            EngineReader.PROVIDER,
            EngineReader.GROUPS,
            EngineReader.SCHEMES,
            SessionReader.TICKETS,
            SessionReader.TICKET_KEYS);

    private static final Set<String> FIXED =
            Stream.concat(StoreKeys.ALL.stream(), OTHERS.stream()).collect(Collectors.toUnmodifiableSet());

    static final PropertyKeys KEYS = new PropertyKeys(
            ContextSettings.PREFIX,
            FIXED,
            Set.of(
                    StoreKey.KEYS + ".pem.order",
                    StoreKey.CLIENT_KEYS + ".pem.order",
                    "trust-store.pem.certs",
                    "trust-store.revocation-lists",
                    "protocols",
                    "cipher-suites",
                    EngineReader.GROUPS,
                    EngineReader.SCHEMES,
                    SUBJECTS,
                    "client-auth.allow.uri",
                    "client-auth.allow.dns",
                    "client-auth.allow.email",
                    "client-auth.allow.cn",
                    "client-auth.allow.spki",
                    "client-auth.allow.ou",
                    "alpn",
                    "expiry-warning"),
            Set.of("cert", "key", "password", "password-file"));

    /** The ends of the keys whose values hold locations, inline material or passwords. */
    private static final Pattern MATERIAL = Pattern.compile(
            ".*\\.(path|cert|key|password|alias-password|password-file|alias-password-file|certs|revocation-lists|ticket-keys)(\\[\\d+]|\\.\\d+)?");

    private ContextKeys() {}

    /** Tests whether a property holds a location, inline material or a password, so that a watch must look at its value. */
    static boolean isMaterial(String property) {
        return property.startsWith(ContextSettings.PREFIX)
                && MATERIAL.matcher(property).matches();
    }

    /** The key that selects among the kinds of store to which a key belongs. */
    static Optional<String> kindKey(String key) {
        return StoreKey.of(key)
                .filter(store -> !store.kind().equals(StoreKey.CHOICE) && key.startsWith(store.group()))
                .map(StoreKey::selector);
    }

    /**
     * Tests whether an empty value is an error. A variable that somebody forgot to set must not weaken a context. Passwords have their
     * own messages.
     */
    static boolean mustNotBeEmpty(String key) {
        return !key.endsWith(".password")
                && (key.startsWith(MANAGED)
                        || key.startsWith("key-store.")
                        || key.startsWith("client-key-store.")
                        || key.startsWith("trust-store.")
                        || key.startsWith("client-auth.")
                        || NOT_EMPTY.contains(key));
    }

    /** The keys of a context's keys, trust and sessions, except PEM pairs. */
    static Set<String> ofMaterial() {
        return FIXED.stream().filter(ContextKeys::isOfStores).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tests whether a key is about keys, trust or sessions, which a server has that manages the context. */
    static boolean isOfStores(String key) {
        return key.startsWith("key-store.")
                || key.startsWith("client-key-store.")
                || key.startsWith("trust-store.")
                || key.equals("trust-all")
                || key.startsWith("revocation")
                || key.startsWith("session.");
    }
}
