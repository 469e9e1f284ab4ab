package io.sluice.internal.config;

import io.sluice.internal.settings.NearNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of all properties {@code <prefix><name>.<key>}.
 *
 * @param prefix the prefix, up to its last dot
 * @param known the keys, except those of PEM pairs
 * @param lists those among them whose value is a list, so that they may have an index
 * @param ofPairs what each PEM pair has; empty if there are none
 */
record PropertyKeys(String prefix, Set<String> known, Set<String> lists, Set<String> ofPairs) {

    private static final List<String> PAIRS = List.of(StoreKey.KEYS + ".pem", StoreKey.CLIENT_KEYS + ".pem");

    private static final Pattern PAIR = Pattern.compile("((?:client-)?key-store\\.pem)(\\.[^.]+|\\[\\d+])\\.([^.]+)");

    /** {@code pem[0]}, as in SmallRye's YAML, or {@code pem.0}, as in Helidon's. */
    private static final Pattern INDEXED = Pattern.compile("(.+?)(\\.\\d+|\\[\\d+])");

    /** The keys that some tables declare. */
    static PropertyKeys of(String prefix, List<KeyTable> tables) {
        String pair = "." + Key.PAIR + ".";
        List<Key> keys = tables.stream().flatMap(KeyTable::keys).toList();
        return new PropertyKeys(
                prefix,
                names(keys, key -> !key.name().contains(pair)),
                names(keys, key -> key.type().isList()),
                names(keys, key -> key.name().contains(pair)).stream()
                        .map(name -> name.substring(name.indexOf(pair) + pair.length()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Set<String> names(List<Key> keys, Predicate<Key> which) {
        return keys.stream().filter(which).map(Key::name).collect(Collectors.toUnmodifiableSet());
    }

    boolean isKnown(String key) {
        Matcher pair = PAIR.matcher(key);
        return known.contains(key)
                || unindexed(key).filter(lists::contains).isPresent()
                || (pair.matches() && ofPairs.contains(pair.group(3)));
    }

    boolean isList(String key) {
        return lists.contains(key);
    }

    /** Tests whether a key that takes a single value has an index. */
    boolean isIndexedSingleValue(String key) {
        return !isKnown(key) && unindexed(key).filter(known::contains).isPresent();
    }

    /** The known keys that are like an unknown one, for the middle of a message. */
    String suggest(String key) {
        Set<String> candidates = new TreeSet<>(known);
        Matcher pair = PAIR.matcher(key);
        String number = pair.matches() ? pair.group(2) : ".0";
        ofPairs.forEach(last -> PAIRS.forEach(pairs -> candidates.add(pairs + number + "." + last)));
        unindexed(key).ifPresent(base -> lists.forEach(list -> candidates.add(list + key.substring(base.length()))));
        String near = NearNames.suggest(key, candidates);
        return near.isEmpty() ? NearNames.suggestLonger(key, candidates) : near;
    }

    /** The property that may be meant by a name without the prefix, or without the name of a context or endpoint too. */
    Optional<String> meantBy(String rest) {
        if (isKnown(rest)) {
            return Optional.of(prefix + "<name>." + rest);
        }
        return isKnown(rest.substring(rest.indexOf('.') + 1)) ? Optional.of(prefix + rest) : Optional.empty();
    }

    /** The key without the number at its end, if it has one. */
    private static Optional<String> unindexed(String key) {
        Matcher indexed = INDEXED.matcher(key);
        return indexed.matches() ? Optional.of(indexed.group(1)) : Optional.empty();
    }
}
