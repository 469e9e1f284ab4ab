package io.sluice.internal.config;

import io.sluice.internal.settings.KeyStoreSettings.Pair;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The pairs of certificate and key under {@code key-store.pem.<n>} or {@code key-store.pem[<n>]}, or of {@code client-key-store}. Their names are those that the
 * sources list, those in the order, the numbers in environment variables, and 0, 1 and so on until one is missing.
 */
final class PemPairs {

    /** Numbers come before words, and are ordered by value. */
    private static final Comparator<String> NATURAL = Comparator.comparing((String name) -> !isNumber(name))
            .thenComparing(name -> isNumber(name) ? name.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    private final String pem;
    private final ContextProperties properties;
    private final Problems problems;
    private final Optional<Setting> order;
    private final Set<String> names = new TreeSet<>(NATURAL);

    /**
     * The pairs of a group of stores.
     *
     * @param group {@code key-store} or {@code client-key-store}
     */
    PemPairs(String group, ContextProperties properties, Problems problems) {
        this.pem = group + ".pem";
        this.properties = properties;
        this.problems = problems;
        this.order = properties.value(pem + KeyStoreKeys.ORDER);
        properties.partsUnder(pem).stream().filter(this::isSet).forEach(names::add);
        order.ifPresent(given -> given.list().stream().filter(this::isSet).forEach(names::add));
        properties.indexesUnder(pem).stream()
                .map(String::valueOf)
                .filter(this::isSet)
                .forEach(names::add);
        for (int n = 0; n <= 1 || isSet(Integer.toString(n - 1)); n++) {
            if (isSet(Integer.toString(n))) {
                names.add(Integer.toString(n));
            }
        }
    }

    /** The first of the properties that is set. */
    Optional<Setting> firstSet() {
        return names.stream()
                .flatMap(name -> properties.values(keys(name)).stream())
                .findFirst()
                .or(() -> order);
    }

    List<Pair> read() {
        reportGaps();
        List<Pair> pairs = new ArrayList<>();
        for (String name : ordered()) {
            read(name).ifPresent(pairs::add);
        }
        return pairs;
    }

    /** Numbers in brackets index a list, which must have no gaps. */
    private void reportGaps() {
        SortedSet<Integer> brackets = properties.bracketsUnder(pem);
        brackets.removeIf(n -> !isSet(n.toString()));
        int last = brackets.isEmpty() ? -1 : brackets.last();
        IntStream.range(0, last)
                .filter(n -> !names.contains(Integer.toString(n)))
                .limit(1)
                .forEach(n -> problems.error(Problem.unset(
                        properties.name(pem + "[" + n + "].cert"),
                        "there is a pair " + properties.name(pem + "[" + last + "]") + ", but no pair with this number",
                        "Number the pairs from 0 without a gap")));
    }

    private List<String> ordered() {
        if (order.isEmpty()) {
            return List.copyOf(names);
        }
        List<String> listed = order.get().list();
        for (String name : listed) {
            if (!names.contains(name)) {
                problems.error(
                        order.get(),
                        "there is no pair '" + name + "'" + NearNames.suggest(name, names),
                        "List only pairs that " + properties.name(pem + ".<n>") + " configures");
            }
        }
        for (String name : names) {
            if (!listed.contains(name)) {
                problems.error(order.get(), "the pair '" + name + "' is not in the order", "List every pair");
            }
        }
        return listed.stream().filter(names::contains).toList();
    }

    private Optional<Pair> read(String name) {
        String prefix = pem + "." + name;
        Optional<Setting> certificate = properties.value(prefix + KeyStoreKeys.CERT);
        Optional<Setting> key = properties.value(prefix + KeyStoreKeys.KEY);
        if (certificate.isEmpty()) {
            missing(prefix + KeyStoreKeys.CERT, "the key has no certificate");
        }
        if (key.isEmpty()) {
            missing(prefix + KeyStoreKeys.KEY, "the certificate has no key");
        }
        return certificate.isPresent() && key.isPresent()
                ? Optional.of(new Pair(
                        properties.name(prefix),
                        certificate.get(),
                        key.get(),
                        properties.password(prefix + KeyStoreKeys.PASSWORD)))
                : Optional.empty();
    }

    private void missing(String key, String fault) {
        properties.missing(key, fault, "Set the property to a PEM file or to the PEM text itself");
    }

    private boolean isSet(String name) {
        return !properties.values(keys(name)).isEmpty();
    }

    /** Tests whether there is a pair, and not only an order. */
    boolean hasPairs() {
        return !names.isEmpty();
    }

    private List<String> keys(String name) {
        return List.of(pem + "." + name + KeyStoreKeys.CERT, pem + "." + name + KeyStoreKeys.KEY);
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    }
}
