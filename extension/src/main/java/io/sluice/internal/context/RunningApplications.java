package io.sluice.internal.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.SslContexts;
import io.sluice.internal.token.TokenSignatures;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of each application in this JVM, by class loader: for classes that other code makes by name, without the container. Nothing
 * here keeps an application or its class loader. Thread-safe.
 */
public final class RunningApplications {

    /** An application, until it stops or is collected. */
    private static final class Entry {

        final WeakReference<SslContexts> contexts;
        boolean started;

        Entry(SslContexts contexts) {
            this.contexts = new WeakReference<>(contexts);
        }
    }

    @GuardedBy("RunningApplications.class")
    private static final Map<ClassLoader, List<Entry>> ENTRIES = new WeakHashMap<>();

    private RunningApplications() {}

    /**
     * Adds an application that is being deployed. Of the applications with the same class loader, those that were not started yet are
     * removed, because their deployment has failed.
     *
     * @param contexts the contexts of the application, which holds on to them
     * @param loaders its class loaders
     */
    public static synchronized void deployed(SslContexts contexts, Set<ClassLoader> loaders) {
        for (ClassLoader loader : loaders) {
            List<Entry> entries = ENTRIES.computeIfAbsent(loader, key -> new ArrayList<>());
            entries.removeIf(entry -> !entry.started || entry.contexts.refersTo(null));
            entries.add(new Entry(contexts));
        }
    }

    /**
     * Notes that an application has been started, and will be removed when it stops.
     *
     * @param contexts the contexts of the application
     */
    public static synchronized void started(SslContexts contexts) {
        for (List<Entry> entries : ENTRIES.values()) {
            for (Entry entry : entries) {
                entry.started |= entry.contexts.refersTo(contexts);
            }
        }
    }

    /**
     * Removes an application.
     *
     * @param contexts the contexts of the application
     */
    public static synchronized void stopped(SslContexts contexts) {
        ENTRIES.values().forEach(entries -> entries.removeIf(entry -> entry.contexts.refersTo(contexts)));
        ENTRIES.values().removeIf(List::isEmpty);
        if (ENTRIES.isEmpty()) {
            TokenSignatures.remove();
        }
    }

    /**
     * The contexts of the application that uses a class: that of the thread's class loader, or else of the class's own.
     *
     * @param user the class that asks
     * @return the application's contexts
     * @throws IllegalStateException if there is no such application, or more than one; the message says what to do
     */
    public static SslContexts contextsFor(Class<?> user) {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        return above(loader, user)
                .or(() -> above(user.getClassLoader(), user))
                .orElseThrow(() -> new IllegalStateException(user.getName() + ": no application with Sluice is running"
                        + " with the class loader of this thread ('" + thread.getName() + "', " + loader
                        + "). Use the class while the application runs, on one of its threads"));
    }

    private static synchronized Optional<SslContexts> above(@Nullable ClassLoader loader, Class<?> user) {
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            Set<SslContexts> found = running(next);
            if (found.size() > 1) {
                throw new IllegalStateException(user.getName() + ": " + found.size() + " applications are running with"
                        + " the same class loader (" + next + "), so it is unclear which one's context is meant."
                        + " Inject the SSLSocketFactory and pass it as an object");
            }
            if (!found.isEmpty()) {
                return Optional.of(found.iterator().next());
            }
        }
        return Optional.empty();
    }

    @GuardedBy("RunningApplications.class")
    private static Set<SslContexts> running(ClassLoader loader) {
        Set<SslContexts> found = new LinkedHashSet<>();
        ENTRIES.getOrDefault(loader, List.of()).stream()
                .map(entry -> entry.contexts.get())
                .filter(Objects::nonNull)
                .forEach(found::add);
        return found;
    }
}
