package io.sluice.internal.config;

import io.sluice.internal.settings.SniSettings.Unknown;
import java.util.ArrayList;
import java.util.List;

/** The keys about a context's own key, as a server and as a client. */
final class KeyStoreKeys {

    static final String PATH = ".path";
    static final String PASSWORD = ".password";
    static final String PASSWORD_FILE = ".password-file";
    static final String ALIAS = ".alias";
    static final String ALIAS_PASSWORD = ".alias-password";
    static final String ALIAS_PASSWORD_FILE = ".alias-password-file";
    static final String TYPE = ".type";
    static final String PROVIDER = ".provider";
    static final String PROVIDER_CONFIG = ".provider-config";
    static final String CERT = ".cert";
    static final String KEY = ".key";
    static final String ORDER = ".order";

    private static final String PEM = ".pem";
    private static final String PAIR = PEM + "." + Key.PAIR;
    private static final String P12 = ".p12";
    private static final String JKS = ".jks";
    private static final String OTHER = ".other";
    private static final List<String> KINDS = List.of("pem", "p12", "jks", "other", KindSelection.NONE);

    static final Key SNI = Key.truth(
            StoreKey.KEYS + ".sni",
            false,
            "`true`: the server side presents the key whose certificate has the name that the client sends (SNI), wildcards"
                    + " included; if no certificate has the name, [the order of the keys](#its-own-key) decides");

    static final Key SNI_UNMATCHED = Key.choice(
            StoreKey.KEYS + ".sni-unmatched",
            Unknown.FIRST,
            "what happens if no certificate has the name that the client sends: `first` (the order of the keys decides) or"
                    + " `refuse`; needs `key-store.sni=true`");

    static final Key SNI_MISSING = Key.choice(
            StoreKey.KEYS + ".sni-missing",
            Unknown.FIRST,
            "what happens if the client sends no name: `first` or `refuse`; needs `key-store.sni=true`");

    static final KeyTable TABLE = new KeyTable("key-store", rows());

    private KeyStoreKeys() {}

    private static List<KeyRow> rows() {
        List<KeyRow> rows = new ArrayList<>(rows(StoreKey.KEYS));
        rows.add(KeyRow.of(SNI));
        rows.add(KeyRow.of(SNI_UNMATCHED));
        rows.add(KeyRow.of(SNI_MISSING));
        rows.add(new KeyRow(
                "`" + StoreKey.CLIENT_KEYS + ".…`",
                rows(StoreKey.CLIENT_KEYS).stream()
                        .flatMap(row -> row.keys().stream())
                        .map(key -> key.about("for outgoing connections: "))
                        .toList(),
                Key.of(
                                StoreKey.CLIENT_KEYS,
                                ValueType.TEXT,
                                "a different key for outgoing connections, with the keys of `key-store` above, but without"
                                        + " `sni`")
                        .otherwise("the same as `key-store`")));
        return rows;
    }

    /** The key that selects among the kinds of a group of stores. */
    static Key kind(String group) {
        return Key.words(
                        group + ".kind",
                        KINDS,
                        "[the only kind to use](#replacing-a-store); with `none`, the context has no key")
                .otherwise("the kind that is configured");
    }

    private static List<KeyRow> rows(String group) {
        List<KeyRow> rows = new ArrayList<>();
        rows.add(KeyRow.of(kind(group)));
        rows.add(KeyRow.of(Key.of(
                group + PAIR + CERT,
                ValueType.MATERIAL,
                "the certificate chain as PEM, the key's own certificate first")));
        rows.add(KeyRow.of(Key.of(group + PAIR + KEY, ValueType.MATERIAL, "its private key as PEM")));
        rows.add(KeyRow.of(Key.of(group + PAIR + PASSWORD, ValueType.SECRET, "the password of an encrypted key")));
        rows.add(KeyRow.of(Key.of(
                        group + PEM + ORDER,
                        ValueType.LIST,
                        "the names of all pairs, the preferred one first, comma-separated")
                .otherwise("numbers by value, then words in alphabetical order")));
        rows.addAll(storeRows(group));
        rows.add(KeyRow.of(
                name -> Key.of(name, ValueType.SECRET, "the key's own password").otherwise("the store's"),
                group + P12 + ALIAS_PASSWORD,
                group + JKS + ALIAS_PASSWORD,
                group + OTHER + ALIAS_PASSWORD));
        rows.add(KeyRow.of(
                name -> Key.of(
                        name, ValueType.SECRET_FILE, "a file that holds the password, instead of the password itself"),
                group + PAIR + PASSWORD_FILE,
                group + P12 + ALIAS_PASSWORD_FILE,
                group + JKS + ALIAS_PASSWORD_FILE,
                group + OTHER + ALIAS_PASSWORD_FILE));
        return rows;
    }

    /** The keys that say where a store of keys or of trust is, and how it is opened. */
    static List<KeyRow> storeRows(String group) {
        return List.of(
                KeyRow.of(
                        name -> Key.of(
                                name, ValueType.MATERIAL, "the store; a type that has no file needs no `other.path`"),
                        group + P12 + PATH,
                        group + JKS + PATH,
                        group + OTHER + PATH),
                KeyRow.of(
                        name -> Key.of(name, ValueType.SECRET, password(group)),
                        group + P12 + PASSWORD,
                        group + JKS + PASSWORD,
                        group + OTHER + PASSWORD),
                KeyRow.of(
                        name -> Key.of(
                                name,
                                ValueType.SECRET_FILE,
                                "a file that holds the password, instead of the password itself"),
                        group + P12 + PASSWORD_FILE,
                        group + JKS + PASSWORD_FILE,
                        group + OTHER + PASSWORD_FILE),
                KeyRow.of(
                        name -> Key.of(name, ValueType.TEXT, "the only entry to use")
                                .otherwise("all entries of the store"),
                        group + P12 + ALIAS,
                        group + JKS + ALIAS,
                        group + OTHER + ALIAS),
                KeyRow.of(Key.of(
                        group + OTHER + TYPE,
                        ValueType.TEXT,
                        "any type that a JCA provider has, such as `PKCS11` or `BCFKS`")),
                KeyRow.of(Key.of(group + OTHER + PROVIDER, ValueType.TEXT, "the provider, by name")
                        .otherwise("the first that has the type")),
                KeyRow.of(Key.of(
                                group + OTHER + PROVIDER_CONFIG,
                                ValueType.TEXT,
                                "a configuration for [a provider of this store alone](#tokens-pkcs11): a file, or the"
                                        + " configuration itself")
                        .otherwise("a registered provider")));
    }

    private static String password(String group) {
        return group.equals(StoreKey.TRUST)
                ? "the store's password; needed only if the store encrypts its certificates"
                : "the store's password; required (here or from a `PasswordCallback`), and not empty";
    }
}
