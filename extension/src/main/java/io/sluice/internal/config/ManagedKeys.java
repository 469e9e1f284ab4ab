package io.sluice.internal.config;

import io.sluice.internal.settings.ManagedSettings.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys about settings that stand elsewhere: in another context, or in the application server. */
final class ManagedKeys {

    static final String PREFIX = "managed.";

    static final Key INHERITS = Key.of(
            "inherits",
            ValueType.TEXT,
            "the name of another configured context, the parent. What this context does not set is taken from the parent");

    static final Key KIND = Key.words(
                    PREFIX + "kind",
                    words(),
                    "the only kind to use. With `jndi`, `liberty` or `elytron`, the keys of stores are ignored. With `none`, the"
                            + " other keys of this table are ignored")
            .otherwise("the kind that is configured");

    static final KeyTable INHERITED = KeyTable.of("inherits", INHERITS);

    static final KeyTable TABLE = KeyTable.of("managed", KIND, key(Kind.JNDI), key(Kind.LIBERTY), key(Kind.ELYTRON));

    private ManagedKeys() {}

    private static List<String> words() {
        List<String> words = new ArrayList<>(
                Arrays.stream(Kind.values()).map(ManagedKeys::word).toList());
        words.add(KindSelection.NONE);
        return words;
    }

    /** The word that selects a kind. */
    static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The key that names a context of one kind. */
    static Key key(Kind kind) {
        return Key.of(PREFIX + word(kind), ValueType.TEXT, named(kind));
    }

    private static String named(Kind kind) {
        return switch (kind) {
            case JNDI -> "the JNDI name of a bound `SSLContext`, in any server";
            case LIBERTY ->
                "Open Liberty: the id of an `<ssl>` in server.xml; needs the feature `transportSecurity-1.0`";
            case ELYTRON ->
                "WildFly: the name of a `server-ssl-context` or `client-ssl-context` of the Elytron subsystem";
        };
    }
}
