package io.sluice.internal.config;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * A context and those that it inherits from.
 *
 * @param contexts the context itself, its parent, the parent's parent, and so on
 * @param links the properties that name the parents, in the same order
 */
record Ancestry(List<ContextName> contexts, List<Setting> links) {

    /** Copies the lists. */
    Ancestry {
        contexts = List.copyOf(contexts);
        links = List.copyOf(links);
    }

    /** A context without the parents that it may have. */
    static Ancestry alone(ContextName context) {
        return new Ancestry(List.of(context), List.of());
    }

    /** Follows the parents up to the first one that cannot be used, which is reported. */
    static Ancestry read(ContextName context, Config config, PropertyReader reader, Problems problems) {
        List<ContextName> contexts = new ArrayList<>(List.of(context));
        List<Setting> links = new ArrayList<>();
        Optional<Setting> link = reader.value(context.property(ManagedKeys.INHERITS.name()));
        while (link.isPresent()) {
            Optional<ContextName> parent = parent(link.get(), contexts, config, problems);
            parent.ifPresent(contexts::add);
            link.filter(unused -> parent.isPresent()).ifPresent(links::add);
            link = parent.flatMap(found -> reader.value(found.property(ManagedKeys.INHERITS.name())));
        }
        return new Ancestry(contexts, links);
    }

    private static Optional<ContextName> parent(
            Setting link, List<ContextName> descendants, Config config, Problems problems) {
        String word = link.value().strip();
        Set<String> known = configured(descendants, config);
        if (!ContextName.isValid(word)) {
            problems.error(link, ContextName.invalid(word) + NearNames.suggest(word, known), ContextName.FORM);
            return Optional.empty();
        }
        ContextName name = new ContextName(word);
        if (name.equals(ContextName.NONE)) {
            problems.error(
                    link, ContextKeys.NONE_FAULT + " to inherit", "Name another context, or remove this property");
        } else if (descendants.contains(name)) {
            problems.error(link, name + " inherits from itself (" + cycle(name, descendants) + ")", "Break the cycle");
        } else if (!isConfigured(name, config)) {
            problems.error(
                    link,
                    "nothing configures " + name + NearNames.suggest(word, known),
                    "Name a context that is configured, or remove this property");
        } else {
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private static String cycle(ContextName name, List<ContextName> descendants) {
        return descendants.subList(descendants.indexOf(name), descendants.size()).stream()
                        .map(ContextName::value)
                        .collect(Collectors.joining(", "))
                + ", " + name.value();
    }

    /** A context that has only a parent is configured too. Every key is looked up, because it may come from the environment. */
    private static boolean isConfigured(ContextName name, Config config) {
        Problems problems = new Problems();
        return ContextReader.alone(name, config, problems).read().isConfigured();
    }

    private static Set<String> configured(List<ContextName> without, Config config) {
        Set<String> names = new TreeSet<>(SluiceConfiguration.of(config).configuredNames());
        without.forEach(name -> names.remove(name.value()));
        return names;
    }
}
