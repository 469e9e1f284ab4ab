package io.sluice.internal.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A configured list of names that an engine may or may not know, the preferred one first. A name with the mark {@code ?} is omitted where it
 * is not known.
 *
 * @param setting the configured list
 */
public record PreferenceList(Setting setting) {

    private static final String OPTIONAL = "?";

    /**
     * An element of the list.
     *
     * @param name the name as it is configured, without the mark
     * @param optional whether it may be omitted
     */
    public record Element(String name, boolean optional) {

        /**
         * Looks for this name among those that are known.
         *
         * @param known the names that an engine knows
         * @return the name as the engine spells it; empty if the engine does not know it
         */
        public Optional<String> among(Collection<String> known) {
            return known.stream().filter(name::equalsIgnoreCase).findFirst();
        }
    }

    /**
     * Returns the elements of the list.
     *
     * @return the elements in their order; a name without letters is one too
     */
    public List<Element> elements() {
        return setting.list().stream().map(PreferenceList::element).toList();
    }

    private static Element element(String text) {
        boolean optional = text.endsWith(OPTIONAL);
        return new Element(optional ? text.substring(0, text.length() - 1).strip() : text, optional);
    }

    /**
     * Returns the names to give an engine.
     *
     * @param known the names that the engine knows
     * @return those of the list that it knows, as it spells them, in the order of the list
     */
    public List<String> usable(Collection<String> known) {
        List<String> usable = new ArrayList<>();
        elements()
                .forEach(element -> element.among(known)
                        .filter(name -> !usable.contains(name))
                        .ifPresent(usable::add));
        return List.copyOf(usable);
    }

    /**
     * Returns the names that an engine would have to know.
     *
     * @param known the names that the engine knows
     * @return those of the list that it does not know, without those that may be omitted
     */
    public List<String> missing(Collection<String> known) {
        return elements().stream()
                .filter(element -> !element.optional() && element.among(known).isEmpty())
                .map(Element::name)
                .toList();
    }
}
