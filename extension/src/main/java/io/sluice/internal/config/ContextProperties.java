package io.sluice.internal.config;

import io.sluice.internal.config.PropertyReader.ConfiguredValue;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.PasswordFile;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The properties of one context by their keys, its own or inherited. It records whether any of them is set. */
final class ContextProperties {

    private final Inheritance inheritance;
    private final Problems problems;
    private final PropertyReader reader;
    private boolean found;

    ContextProperties(PropertyReader reader, Inheritance inheritance, Problems problems) {
        this.inheritance = inheritance;
        this.problems = problems;
        this.reader = reader;
    }

    /** Tests whether one of the properties read so far has a value. */
    boolean found() {
        return found;
    }

    /** A key's full name, in the context whose store it is about. */
    String name(Key key) {
        return name(key.name());
    }

    /** A key's full name, in the context whose store it is about. */
    String name(String key) {
        return inheritance.owner(key).property(key);
    }

    /** The value, or the list from one property or from its elements, unless it is empty. */
    Optional<Setting> value(Key key) {
        return value(key.name());
    }

    /** The value, or the list from one property or from its elements, unless it is empty. */
    Optional<Setting> value(String key) {
        return noted(unlessEmpty(key, raw(key)));
    }

    private Optional<Setting> unlessEmpty(String key, Optional<Setting> given) {
        given.filter(setting -> setting.value().isBlank())
                .filter(setting -> ContextKeys.mustNotBeEmpty(key))
                .ifPresent(empty -> problems.error(
                        empty,
                        "it is set but empty",
                        "Give it a value, or remove the property from that source"
                                + ContextKeys.kindKey(key)
                                        .map(kind -> ". To use another kind of store, set " + name(kind))
                                        .orElse("")));
        return given.filter(setting -> !setting.value().isBlank());
    }

    /** The value, even if it is empty. The numbers in the key may be written either way. */
    Optional<Setting> given(String key) {
        return noted(raw(key));
    }

    /** A password, or the file that holds it. If one context sets both, that is reported. The nearer context decides. */
    Optional<Setting> password(String key) {
        Optional<Setting> password = key.endsWith(".password") ? given(key) : value(key);
        Optional<Setting> file = value(key + PasswordFile.SUFFIX);
        if (password.isEmpty() || file.isEmpty()) {
            return password.or(() -> file);
        }
        int nearer = inheritance.distance(file.get()) - inheritance.distance(password.get());
        if (nearer == 0) {
            problems.error(
                    file.get(),
                    "the password is also set as " + password.get().property(),
                    "Remove one of the two properties");
        }
        return nearer < 0 ? file : password;
    }

    /** The value of the nearest context that sets the key. Where an empty value is no error, it counts as not set. */
    private Optional<Setting> raw(String key) {
        return inheritance.of(key).stream()
                .flatMap(context -> raw(context, key).stream())
                .filter(given -> !given.value().isBlank() || given.secret() || ContextKeys.mustNotBeEmpty(key))
                .findFirst();
    }

    private Optional<Setting> raw(ContextName context, String key) {
        if (ContextKeys.KEYS.isList(key)) {
            String list = context.property(key);
            return key.equals(ContextKeys.SUBJECTS) ? reader.givenNames(list) : reader.givenList(list);
        }
        String bracketed = key.replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]");
        List<String> spellings =
                Stream.of(key, bracketed).distinct().map(context::property).toList();
        return reader.find(spellings).map(ConfiguredValue::setting);
    }

    /** Tests whether a setting is the context's own, and not inherited. */
    boolean isOwn(Setting setting) {
        return inheritance.isOwn(setting);
    }

    /** Reports a key that is not set. If it is set but empty, {@link #value} reports it. */
    void missing(String key, String fault, String remedy) {
        if (raw(key).isEmpty()) {
            problems.error(Problem.unset(name(key), fault, remedy));
        }
    }

    /** Those of the keys that are set. */
    List<Setting> values(Collection<String> keys) {
        return keys.stream().map(this::value).flatMap(Optional::stream).toList();
    }

    boolean flag(Key key) {
        return truth(key).orElse(key.isTrueByDefault());
    }

    Optional<Boolean> truth(Key key) {
        return reader.truth(checked(key));
    }

    /** A duration; zero only if the key declares it as a limit. */
    Optional<Duration> duration(Key key) {
        return reader.duration(checked(key), key);
    }

    Optional<Integer> number(Key key) {
        return reader.number(checked(key), key);
    }

    <E extends Enum<E>> Optional<E> constant(Key key, Class<E> type) {
        return reader.constant(checked(key), key, type);
    }

    Optional<Setting> oneOf(Key key) {
        return reader.oneOf(checked(key), key);
    }

    /** The full name of the property that sets the key. An empty value has been reported. */
    private String checked(Key key) {
        return value(key).map(Setting::property).orElseGet(() -> name(key));
    }

    /** The parts that are listed under a key, up to the next dot. */
    Set<String> partsUnder(String key) {
        return under(key, reader.names()::partsUnder, new TreeSet<>());
    }

    /** The numbers under a key, in names and in environment variables. */
    SortedSet<Integer> indexesUnder(String key) {
        return under(key, reader.names()::indexesUnder, new TreeSet<>());
    }

    /** The numbers in brackets after a key. */
    SortedSet<Integer> bracketsUnder(String key) {
        return under(key, reader.names()::bracketsUnder, new TreeSet<>());
    }

    private <T, S extends Collection<T>> S under(String key, Function<String, ? extends Collection<T>> find, S all) {
        inheritance.of(key).forEach(context -> all.addAll(find.apply(context.property(key))));
        return all;
    }

    private Optional<Setting> noted(Optional<Setting> setting) {
        found |= setting.isPresent();
        return setting;
    }
}
