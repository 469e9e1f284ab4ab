package io.sluice.internal.client;

import io.sluice.client.ConnectionCheck;
import io.sluice.client.SocketClient;
import io.sluice.context.SslContext;
import io.sluice.message.FrameCodec;
import io.sluice.stream.SocketStreamConnector;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The beans of the application that clients use. What was created for the clients is released with them. Thread-safe. */
final class ClientBeans {

    private final BeanManager beans;
    private final List<CreationalContext<?>> created = new ArrayList<>();

    ClientBeans(BeanManager beans) {
        this.beans = beans;
    }

    /** The names of the contexts that have a connector. */
    Set<String> contexts() {
        Set<String> names = new TreeSet<>();
        beans.getBeans(SocketStreamConnector.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> bean.getQualifiers().stream())
                .filter(SslContext.class::isInstance)
                .forEach(qualifier -> names.add(((SslContext) qualifier).value()));
        return names;
    }

    SocketStreamConnector connector(String context) {
        return (SocketStreamConnector) reference(
                SocketStreamConnector.class,
                find(SocketStreamConnector.class, SslContext.Literal.of(context))
                        .orElseThrow());
    }

    /** The bean of a codec: that of the client, otherwise the default one. */
    Optional<Bean<?>> codec(String client, Type message) {
        Type codec = new TypeWithArgument(FrameCodec.class, message);
        return find(codec, SocketClient.Literal.of(client)).or(() -> find(codec, Default.Literal.INSTANCE));
    }

    Optional<Bean<?>> check(String client, Type stream) {
        return find(new TypeWithArgument(ConnectionCheck.class, stream), SocketClient.Literal.of(client));
    }

    private Optional<Bean<?>> find(Type type, Annotation qualifier) {
        Set<Bean<?>> found = beans.getBeans(type, qualifier);
        return found.isEmpty() ? Optional.empty() : Optional.of(beans.resolve(found));
    }

    synchronized Object reference(Type type, Bean<?> bean) {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        created.add(context);
        return beans.getReference(bean, type, context);
    }

    synchronized void release() {
        created.forEach(CreationalContext::release);
        created.clear();
    }
}
