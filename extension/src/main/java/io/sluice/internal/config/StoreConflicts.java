package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.List;

/** Reports several kinds that are configured for one purpose. */
final class StoreConflicts {
    private StoreConflicts() {}

    /**
     * Whether there is at most one; each further one is an error.
     *
     * @param selector the property that selects one
     */
    static boolean atMostOne(String what, List<Setting> firstOfEach, String selector, Problems problems) {
        firstOfEach.stream()
                .skip(1)
                .forEach(further -> problems.error(
                        further,
                        "a second kind of " + what + " is configured beside "
                                + firstOfEach.get(0).property(),
                        "Keep the properties of one kind and remove the others, or select one with " + selector));
        return firstOfEach.size() <= 1;
    }
}
