package io.sluice.internal.cdi.container;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The beans that the application supplies in place of Sluice's: those of a context by its name, and those of a stream class without
 * a qualifier. Other extensions may add some after Sluice's own beans are registered, so they are
 * checked again when the deployment is validated. By then the set is complete. Filled on one thread.
 */
public final class SuppliedBeans {

    private final Map<String, List<Bean<?>>> ofContexts = new HashMap<>();
    private final Set<Type> streams = new HashSet<>();

    public void add(Bean<?> bean) {
        bean.getQualifiers().stream()
                .filter(SslContext.class::isInstance)
                .map(qualifier -> ((SslContext) qualifier).value())
                .forEach(name -> ofContexts
                        .computeIfAbsent(name, unknown -> new ArrayList<>())
                        .add(bean));
        if (bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            bean.getTypes().stream().filter(SuppliedBeans::isStreamClass).forEach(streams::add);
        }
    }

    private static boolean isStreamClass(Type type) {
        return type instanceof Class<?> plain && SocketStream.class.isAssignableFrom(plain);
    }

    /** The names of the contexts that there are beans of. */
    public Set<String> contexts() {
        return Set.copyOf(ofContexts.keySet());
    }

    public boolean hasContext(String name, Type type) {
        return ofContexts.getOrDefault(name, List.of()).stream()
                .anyMatch(bean -> bean.getTypes().contains(type));
    }

    /** Whether there is a bean for unqualified points of a stream class. */
    public boolean hasStream(Class<?> type) {
        return streams.contains(type);
    }

    /** Whether a bean is Sluice's own, by its class: OpenWebBeans shows nothing else of it. */
    public static boolean isOwn(Bean<?> bean) {
        String name = bean.getBeanClass().getPackageName() + ".";
        return name.startsWith("io.sluice.cdi.") || name.startsWith("io.sluice.internal.cdi.");
    }
}
