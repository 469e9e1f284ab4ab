package io.sluice.cdi;

import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashSet;
import java.util.Set;

/** The stream classes that discovery saw, and those that an endpoint's method names: these need no annotation to be beans. */
final class StreamTypes {

    private final Set<Class<?>> seen = new HashSet<>();
    private final Set<Class<? extends SocketStream>> named = new HashSet<>();

    StreamTypes() {
        seen.add(SocketStream.class);
    }

    void see(Class<? extends SocketStream> type) {
        seen.add(type);
    }

    void named(AnnotatedMethod<?> endpoint) {
        EndpointMethod.streamClass(endpoint).ifPresent(named::add);
    }

    /**
     * Those that cannot be beans are told of with the endpoint. One of another archive (a WAR's, with the jar in the EAR) is not added:
     * it would be a bean of ours, which sees nothing of the other's. It is made at its first use, as undiscovered classes are.
     */
    void addNamed(AfterTypeDiscovery event, BeanManager beans) {
        named.stream()
                .filter(type -> !seen.contains(type))
                .filter(type -> Archives.isOwn(type) && !GlassFish.isHere())
                .filter(type -> StreamClassDefect.of(type).isEmpty())
                .forEach(type -> event.addAnnotatedType(beans.createAnnotatedType(type), type.getName()));
    }
}
