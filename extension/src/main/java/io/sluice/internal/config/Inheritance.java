package io.sluice.internal.config;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;

/**
 * The contexts from which a context takes each of its keys. In general the nearest one that sets the key decides. But what belongs
 * together is not mixed:
 *
 * <ul>
 *   <li>the kinds of store: from the nearest context that configures a kind, upwards only this kind counts;
 *   <li>the keys of one store: a context that says where its store is takes nothing of its parent's store;
 *   <li>the engine and its provider, and the tickets and their keys: a context that sets one takes nothing of the two from its parent;
 *   <li>the rules about clients: the nearest context that has a rule, or does not need certificates of clients, decides.
 * </ul>
 */
final class Inheritance {

    private static final List<Set<String>> TOGETHER = List.of(
            Set.of(ParameterKeys.ENGINE.name(), ParameterKeys.PROVIDER.name()),
            Set.of(ParameterKeys.SESSION_TICKETS.name(), ParameterKeys.SESSION_TICKET_KEYS.name()));

    private final List<ContextName> contexts;
    private final Config config;
    private final Map<ContextName, OwnStores> own = new HashMap<>();

    Inheritance(Ancestry ancestry, Config config) {
        this.contexts = ancestry.contexts();
        this.config = config;
    }

    /** The contexts to ask for a key, the nearest first. */
    List<ContextName> of(String key) {
        if (key.equals(ManagedKeys.INHERITS.name())) {
            return contexts.subList(0, 1);
        }
        if (contexts.size() == 1) {
            return contexts;
        }
        if (key.startsWith(ContextKeys.ALLOW)) {
            return upTo(OwnStores::decidesAboutClients);
        }
        return TOGETHER.stream()
                .filter(keys -> keys.contains(key))
                .findFirst()
                .map(keys -> upTo(context -> context.setsOneOf(keys)))
                .or(() -> StoreKey.of(key).map(this::of))
                .orElse(contexts);
    }

    /**
     * The contexts up to the nearest one that decides. The rules about clients are alternatives, so a rule of a parent would allow more.
     */
    private List<ContextName> upTo(Predicate<OwnStores> decides) {
        int last = 0;
        while (last < contexts.size() - 1 && !decides.test(own(contexts.get(last)))) {
            last++;
        }
        return contexts.subList(0, last + 1);
    }

    private List<ContextName> of(StoreKey key) {
        List<ContextName> asked = new ArrayList<>();
        Set<String> kinds = Set.of();
        for (ContextName context : contexts) {
            if (kinds.isEmpty() || kinds.contains(key.kind())) {
                asked.add(context);
            }
            if (own(context).locates(key)) {
                break;
            }
            kinds = kinds.isEmpty() ? own(context).kinds(key.group()) : kinds;
        }
        return asked;
    }

    /** Tests whether a setting is of the context itself. */
    boolean isOwn(Setting setting) {
        return distance(setting) == 0;
    }

    /** How many contexts are nearer than the one that a setting is of. */
    int distance(Setting setting) {
        return (int) contexts.stream()
                .takeWhile(context -> !setting.property().startsWith(context.property("")))
                .count();
    }

    /** The context whose store a key is about: the one that says where the store is, or else the nearest one that configures it. */
    ContextName owner(String key) {
        Optional<StoreKey> store = contexts.size() == 1 ? Optional.empty() : StoreKey.of(key);
        return store.flatMap(about -> nearest(context -> own(context).locates(about))
                        .or(() -> nearest(
                                context -> own(context).kinds(about.group()).contains(about.kind()))))
                .orElse(contexts.get(0));
    }

    private Optional<ContextName> nearest(Predicate<ContextName> test) {
        return contexts.stream().filter(test).findFirst();
    }

    private OwnStores own(ContextName context) {
        return own.computeIfAbsent(
                context,
                name -> new OwnStores(new ContextProperties(
                        new PropertyReader(config, new Problems()),
                        new Inheritance(Ancestry.alone(name), config),
                        new Problems())));
    }
}
