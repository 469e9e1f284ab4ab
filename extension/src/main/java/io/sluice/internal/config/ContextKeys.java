package io.sluice.internal.config;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import java.util.List;
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

    /** The declaration of {@link #LIST}. */
    static final KeyTable ALL = KeyTable.of(
            "all",
            Key.of(
                    LIST,
                    ValueType.LIST,
                    "the names of contexts that only environment variables configure and that are not injected"));

    static final String NONE_FAULT = ContextName.NONE + " is plaintext and has no settings";

    static final String CLIENT_AUTH = "client-auth";
    static final String ALLOW = CLIENT_AUTH + ".allow.";

    /** Distinguished names. They contain commas. */
    static final String SUBJECTS = ALLOW + "subject";

    /** The keys of a context, as the page shows them. */
    static final List<KeyTable> TABLES = List.of(
            KeyStoreKeys.TABLE,
            TrustStoreKeys.TABLE,
            AllowKeys.TABLE,
            ManagedKeys.INHERITED,
            ManagedKeys.TABLE,
            RotationKeys.TABLE,
            ParameterKeys.TABLE);

    static final PropertyKeys KEYS = PropertyKeys.of(ContextSettings.PREFIX, TABLES);

    private static final Set<String> NOT_EMPTY = Stream.of(
                    ParameterKeys.PROTOCOLS,
                    ParameterKeys.CIPHER_SUITES,
                    ParameterKeys.CLIENT_AUTH,
                    TrustStoreKeys.REVOCATION,
                    ManagedKeys.INHERITS,
                    ParameterKeys.ENGINE,
                    ParameterKeys.PROVIDER,
                    ParameterKeys.KEY_EXCHANGE_GROUPS,
                    ParameterKeys.SIGNATURE_SCHEMES,
                    ParameterKeys.SESSION_TICKETS,
                    ParameterKeys.SESSION_TICKET_KEYS)
            .map(Key::name)
            .collect(Collectors.toUnmodifiableSet());

    /** The keys whose values hold locations, inline material or passwords, by the ends of their names. */
    private static final Pattern MATERIAL = Pattern.compile(TABLES.stream()
            .flatMap(KeyTable::keys)
            .filter(key -> key.type().isMaterial())
            .map(key -> key.name().substring(key.name().lastIndexOf('.') + 1))
            .distinct()
            .collect(Collectors.joining("|", ".*\\.(", ")(\\[\\d+]|\\.\\d+)?")));

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
                && (key.startsWith(ManagedKeys.PREFIX)
                        || key.startsWith("key-store.")
                        || key.startsWith("client-key-store.")
                        || key.startsWith("trust-store.")
                        || key.startsWith("client-auth.")
                        || NOT_EMPTY.contains(key));
    }

    /** The keys of a context's keys, trust and sessions, except PEM pairs. */
    static Set<String> ofMaterial() {
        return KEYS.known().stream().filter(ContextKeys::isOfStores).collect(Collectors.toCollection(TreeSet::new));
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
