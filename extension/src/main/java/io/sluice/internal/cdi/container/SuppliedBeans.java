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
 * The application's beans that replace Sluice's: beans of a named context, and unqualified beans of a stream class. Other extensions may add
 * beans after Sluice has registered its own, so they are checked again when the deployment is validated. {@link #complete} ends the
 * additions. Filled on one thread.
 */
public final class SuppliedBeans {

    private final Map<String, List<Bean<?>>> ofContexts = new HashMap<>();
    private final Set<Type> streams = new HashSet<>();
    private boolean complete;

    /** Adds a bean. Beans after {@link #complete} are ignored. */
    public void add(Bean<?> bean) {
        if (complete) {
            return;
        }
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

    /** Called when the deployment is validated: all beans are known. */
    public void complete() {
        complete = true;
    }

    private static boolean isStreamClass(Type type) {
        return type instanceof Class<?> plain && SocketStream.class.isAssignableFrom(plain);
    }

    /** The names of the contexts that have beans. */
    public Set<String> contexts() {
        return Set.copyOf(ofContexts.keySet());
    }

    public boolean hasContext(String name, Type type) {
        return ofContexts.getOrDefault(name, List.of()).stream()
                .anyMatch(bean -> bean.getTypes().contains(type));
    }

    /** Returns true if there is a bean for unqualified points of a stream class. */
    public boolean hasStream(Class<?> type) {
        return streams.contains(type);
    }

    /** Returns true if a bean is Sluice's own. It goes by the class, because OpenWebBeans shows nothing else of the bean. */
    public static boolean isOwn(Bean<?> bean) {
        String name = bean.getBeanClass().getPackageName() + ".";
        return name.startsWith("io.sluice.cdi.") || name.startsWith("io.sluice.internal.cdi.");
    }
}
