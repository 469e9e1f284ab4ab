package io.sluice.internal.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key that is about one kind of store, or about the choice among the kinds.
 *
 * @param group {@code key-store}, {@code client-key-store} or {@code trust-store}
 * @param kind the kind; {@link #CHOICE} for a key that is about the choice
 */
record StoreKey(String group, String kind) {

    static final String KEYS = "key-store";
    static final String CLIENT_KEYS = "client-key-store";
    static final String TRUST = "trust-store";
    static final String TRUST_ALL = "trust-all";

    /** Not the name of a kind. */
    static final String CHOICE = "";

    private static final Pattern OF_A_KIND =
            Pattern.compile("(key-store|client-key-store|trust-store)\\.(pem|p12|jks|other|jdk)([.\\[].*)?");
    private static final Pattern OF_THE_CHOICE =
            Pattern.compile("(key-store|client-key-store|trust-store)\\.(kind|include-default)");

    /** The store that a key is about; empty for every other key. */
    static Optional<StoreKey> of(String key) {
        Matcher kind = OF_A_KIND.matcher(key);
        if (kind.matches()) {
            return Optional.of(new StoreKey(kind.group(1), kind.group(2)));
        }
        Matcher choice = OF_THE_CHOICE.matcher(key);
        if (choice.matches()) {
            return Optional.of(new StoreKey(choice.group(1), CHOICE));
        }
        return key.equals(TRUST_ALL) ? Optional.of(new StoreKey(TRUST, "all")) : Optional.empty();
    }

    /** The key that selects among the kinds. */
    String selector() {
        return group + ".kind";
    }
}
