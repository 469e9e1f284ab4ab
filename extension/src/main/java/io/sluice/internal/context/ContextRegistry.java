package io.sluice.internal.context;

import io.sluice.context.ContextDescription;
import io.sluice.context.ContextSnapshot;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContexts;
import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The named contexts of an application, including {@code none}. Thread-safe. */
public final class ContextRegistry implements SslContexts {

    /**
     * A context that cannot be used.
     *
     * @param context the context's name
     * @param cause the failure of its load
     */
    public record Invalid(String context, SslContextException cause) {}

    private final SortedMap<String, ReloadableContext> contexts = new TreeMap<>();

    /**
     * A registry that has read nothing yet.
     *
     * @param sources a source for each name but {@code none}
     */
    public ContextRegistry(Map<String, ? extends ContextSource> sources) {
        sources.forEach((name, source) -> contexts.put(name, new ReloadableContext(new ContextName(name), source)));
    }

    /**
     * Reads once, in parallel, the material of every context that is ready at deployment.
     *
     * @return the contexts that cannot be used, in the order of their names; empty if there are none
     */
    public List<Invalid> validate() {
        List<ReloadableContext> ready = contexts.values().stream()
                .filter(ReloadableContext::readyAtDeployment)
                .toList();
        return ParallelLoad.of(ready);
    }

    /**
     * Tests whether a context can be loaded before the application runs.
     *
     * @param name the context's name
     * @return false if the application makes the context or has callbacks for it, or if there is no context of that name
     */
    public boolean isLoadableAtDeployment(String name) {
        ReloadableContext context = contexts.get(name);
        return context != null && !context.needsBeans();
    }

    /**
     * Tests whether a context has keys, but none that a server accepts from a client. Public authorities no longer issue certificates
     * for both sides.
     *
     * @param name the context's name
     * @return true if it is loaded, and no certificate of its keys allows client authentication
     */
    public boolean hasServerKeysOnly(String name) {
        ReloadableContext context = contexts.get(name);
        return context != null
                && context.current()
                        .flatMap(ContextSnapshot::clientKeys)
                        .filter(keys -> !keys.hasClientKey())
                        .isPresent();
    }

    /** The settings of a context that apply to the connections of Sluice, but not to objects of JSSE. Empty if it is not loaded. */
    public List<Problem> ignoredByJsse(String name) {
        return Optional.ofNullable(contexts.get(name))
                .flatMap(ReloadableContext::current)
                .flatMap(ContextSnapshot::engines)
                .map(SharedEngines::ignoredByJsse)
                .orElse(List.of());
    }

    /** Frees what makes engines outside the heap, when their last connection has ended. Called when the application has ended. */
    public void close() {
        contexts.values().forEach(ReloadableContext::close);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(contexts.keySet());
        names.add(ContextName.NONE.value());
        return Collections.unmodifiableSet(names);
    }

    @Override
    public NamedSslContext get(String name) {
        return ContextName.NONE.is(name) ? PlaintextContext.NONE : reloadable(name);
    }

    @Override
    public void reload(String name) throws SslContextException {
        if (!ContextName.NONE.is(name)) {
            reloadable(name).reload();
        }
    }

    @Override
    public ContextDescription describe(String name) {
        return ContextName.NONE.is(name)
                ? DescribedContext.ofPlaintext()
                : reloadable(name).describe();
    }

    /**
     * All contexts that can be loaded.
     *
     * @return the contexts, in the order of their names
     */
    Collection<ReloadableContext> all() {
        return Collections.unmodifiableCollection(contexts.values());
    }

    private ReloadableContext reloadable(String name) {
        ReloadableContext context = contexts.get(name);
        if (!ContextName.isValid(name)) {
            throw new IllegalArgumentException(ContextName.invalidAmong(name, names()));
        }
        if (context == null) {
            throw new IllegalArgumentException(
                    "there is no " + ContextName.quoted(name) + NearNames.suggest(name, names())
                            + ". Configure it under " + ContextSettings.PREFIX + name + ", or use one of "
                            + String.join(", ", names()));
        }
        return context;
    }
}
