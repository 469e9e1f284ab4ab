package io.sluice.internal.config;

import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of the properties that the sources list.
 *
 * <p>Some sources derive names from environment variables. From {@code SLUICE_SSL_MY_APP_KEY_STORE_PEM_0_CERT}, SmallRye makes {@code
 * sluice.ssl.my.app.key.store.pem[0]cert}. It also lists the variable itself, which distinguishes a derived name from a true one.
 */
final class ListedNames {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /**
     * A property that a source lists under a prefix.
     *
     * @param property the whole name
     * @param name the part in the position of the context's or endpoint's name
     * @param key the rest; empty if there is none
     * @param isFromEnvironment whether it may be what a source made of an environment variable, whose true name is unknown
     */
    record ListedKey(String property, String name, String key, boolean isFromEnvironment) {}

    private final Set<String> names;

    ListedNames(Set<String> names) {
        this.names = names;
    }

    /** Calls the action for each name with this beginning, in alphabetical order. */
    void forEach(String beginning, Consumer<String> action) {
        names.stream().filter(name -> name.startsWith(beginning)).sorted().forEach(action);
    }

    /** Calls the action for each property {@code <prefix><name>.<key>}, even if the name or the key is missing. */
    void forEachKey(String prefix, Consumer<ListedKey> action) {
        String alone = prefix.substring(0, prefix.length() - 1);
        if (names.contains(alone)) {
            action.accept(new ListedKey(alone, "", "", isFromEnvironment(alone)));
        }
        forEach(prefix, property -> action.accept(split(property, prefix)));
    }

    private ListedKey split(String property, String prefix) {
        String rest = property.substring(prefix.length());
        int dot = rest.indexOf('.');
        return new ListedKey(
                property,
                dot < 0 ? rest : rest.substring(0, dot),
                dot < 0 ? "" : rest.substring(dot + 1),
                isFromEnvironment(property));
    }

    /** Tests whether a name may be derived from an environment variable. */
    boolean isFromEnvironment(String property) {
        String variable = variable(property);
        return names.contains(variable) || System.getenv(variable) != null;
    }

    /** The words and numbers that follow a property's name after a dot or in brackets, up to the next dot. */
    Set<String> partsUnder(String property) {
        Set<String> parts = new TreeSet<>();
        forEach(property, name -> {
            String rest = name.substring(property.length()).replaceAll("\\[(\\d+)](?=\\.|\\[|$)", ".$1");
            if (rest.startsWith(".")) {
                parts.add(rest.substring(1).split("\\.", 2)[0]);
            }
        });
        return parts;
    }

    /** The numbers after a property's name, in names and in environment variables. */
    NavigableSet<Integer> indexesUnder(String property) {
        NavigableSet<Integer> indexes = new TreeSet<>();
        partsUnder(property).stream()
                .filter(part -> NUMBER.matcher(part).matches())
                .map(Integer::valueOf)
                .forEach(indexes::add);
        Pattern variable = Pattern.compile(variable(property) + "_([0-9]{1,9})(_.*)?");
        Stream.concat(names.stream(), System.getenv().keySet().stream())
                .map(variable::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .forEach(indexes::add);
        return indexes;
    }

    /** The numbers in brackets after a property's name. */
    NavigableSet<Integer> bracketsUnder(String property) {
        Pattern bracket = Pattern.compile(Pattern.quote(property) + "\\[([0-9]{1,9})](\\..*)?");
        NavigableSet<Integer> indexes = new TreeSet<>();
        forEach(property, name -> {
            Matcher matcher = bracket.matcher(name);
            if (matcher.matches()) {
                indexes.add(Integer.valueOf(matcher.group(1)));
            }
        });
        return indexes;
    }

    /** The environment variable that sets a property. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
