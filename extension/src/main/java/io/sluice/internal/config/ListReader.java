package io.sluice.internal.config;

import io.sluice.internal.config.PropertyReader.ConfiguredValue;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads a list: one property with commas, or one property for each element, {@code name[0]} or {@code name.0}. The whole list comes
 * from the source with the highest ordinal. No element of a list that it replaces may remain.
 */
final class ListReader {
    private final PropertyReader reader;
    private final ListedNames names;
    private final Problems problems;

    ListReader(PropertyReader reader, ListedNames names, Problems problems) {
        this.reader = reader;
        this.names = names;
        this.problems = problems;
    }

    /** The list, even if its single property is empty. {@code asList} makes a list of a single property that stands alone. */
    Optional<Setting> given(String property, UnaryOperator<Setting> asList) {
        Optional<ConfiguredValue> whole = reader.find(property);
        SortedMap<Integer, ConfiguredValue> elements = elements(property);
        Optional<ConfiguredValue> first =
                elements.values().stream().max(Comparator.comparingInt(ConfiguredValue::ordinal));
        if (first.isEmpty()
                || whole.filter(value -> value.ordinal() > first.get().ordinal())
                        .isPresent()) {
            return whole.map(ConfiguredValue::setting).map(asList);
        }
        elements.values().removeIf(element -> !element.isOfTheSourceOf(first.get()));
        check(property, elements);
        Setting list = Setting.ofList(
                property,
                first.get().setting().source(),
                elements.values().stream()
                        .map(element -> element.setting().value())
                        .toList());
        whole.filter(value -> value.ordinal() == first.get().ordinal()
                        && !value.setting().list().equals(list.list())
                        && !asList.apply(value.setting()).list().equals(list.list()))
                .ifPresent(other -> problems.error(
                        other.setting(),
                        "the list is also set element by element ("
                                + first.get().setting().property() + "), with different elements",
                        "Keep one of the two"));
        return Optional.of(list);
    }

    /** Looks for the listed numbers, and for 0, 1 and so on until one is missing, because a source need not list its names. */
    private SortedMap<Integer, ConfiguredValue> elements(String property) {
        SortedMap<Integer, ConfiguredValue> elements = new TreeMap<>();
        SortedSet<Integer> indexes = names.indexesUnder(property);
        for (int n = 0; n == 0 || elements.containsKey(n - 1); n++) {
            int index = n;
            element(property, n).ifPresent(value -> elements.put(index, value));
        }
        indexes.removeAll(elements.keySet());
        indexes.forEach(index -> element(property, index).ifPresent(value -> elements.put(index, value)));
        return elements;
    }

    private Optional<ConfiguredValue> element(String property, int index) {
        return reader.find(List.of(property + "[" + index + "]", property + "." + index));
    }

    private void check(String property, SortedMap<Integer, ConfiguredValue> elements) {
        List<Entry<Integer, ConfiguredValue>> entries = new ArrayList<>(elements.entrySet());
        for (int n = 0; n < entries.size(); n++) {
            Setting setting = entries.get(n).getValue().setting();
            if (entries.get(n).getKey() != n) {
                problems.error(
                        setting,
                        "its source does not set " + property + "[" + n + "]",
                        "Number the elements from 0 without a gap");
                return;
            }
            if (setting.value().isBlank()) {
                reader.reportEmpty(setting);
            }
        }
    }
}
