package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The selection of one among several kinds by the key {@code kind}. If it is set, the keys of the other kinds are ignored. So a source
 * can replace the settings of a source with lower priority.
 *
 * @param setting the value of the key {@code kind}; empty if it is not set
 * @param isInvalid whether it names no known kind, which is reported
 */
record KindSelection(Optional<Setting> setting, boolean isInvalid) {
    /** The value that selects no kind. */
    static final String NONE = "none";

    /** No selection. */
    static final KindSelection ANY = new KindSelection(Optional.empty(), false);

    static KindSelection read(Key key, ContextProperties properties) {
        boolean given = properties.value(key).isPresent();
        Optional<Setting> setting = properties.oneOf(key);
        return new KindSelection(setting, given && setting.isEmpty());
    }

    /** Tests whether the keys of a kind are read. */
    boolean permits(String kind) {
        return setting.isEmpty() || is(kind);
    }

    boolean is(String kind) {
        return setting.filter(selected -> selected.value().equals(kind)).isPresent();
    }

    /** Reports that nothing of the selected kind is configured. */
    void reportMissing(String prefix, Problems problems) {
        setting.ifPresent(selected -> problems.error(
                selected,
                "it selects " + selected.value() + ", but no property of that kind is set",
                "Set " + prefix + ", or select another kind"));
    }

    /**
     * Tests whether at most one kind is configured, and reports each further one.
     *
     * @param selector the property that selects one
     */
    static boolean atMostOne(String what, List<Setting> firstOfEach, String selector, Problems problems) {
        firstOfEach.stream()
                .skip(1)
                .forEach(further -> problems.error(
                        further,
                        "a second kind of " + what + " is configured in addition to "
                                + firstOfEach.get(0).property(),
                        "Keep the properties of one kind and remove the others, or select one with " + selector));
        return firstOfEach.size() <= 1;
    }
}
