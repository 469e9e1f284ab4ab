package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.config.EndpointSettings;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.InetSocketAddress;

/**
 * An endpoint that is to be served.
 *
 * @param method what serves it
 * @param arguments what the method has injected
 * @param settings how it listens
 */
record Endpoint(EndpointMethod method, EndpointArguments arguments, EndpointSettings settings) {

    String name() {
        return method.name();
    }

    Class<?> beanClass() {
        return method.bean().getBeanClass();
    }

    String what() {
        return method.what();
    }

    /** The context's name: unsaid, it is the endpoint's. */
    String context() {
        return settings.ssl().orElse(method.name());
    }

    /** Whether the two cannot listen side by side. */
    boolean collidesWith(Endpoint other) {
        ServerSettings one = settings.server();
        ServerSettings two = other.settings.server();
        return one.address().getPort() != 0
                && one.address().getPort() == two.address().getPort()
                && !(one.reusePort() && two.reusePort())
                && overlap(one.address(), two.address());
    }

    private static boolean overlap(InetSocketAddress one, InetSocketAddress two) {
        return one.getAddress().isAnyLocalAddress()
                || two.getAddress().isAnyLocalAddress()
                || one.getAddress().equals(two.getAddress());
    }

    ServerStart<?> start(BeanManager beans) {
        return start(beans, method.streamClass().orElseThrow());
    }

    private <S extends SocketStream> ServerStart<S> start(BeanManager beans, Class<S> streamClass) {
        return ServerStart.of(context(), streamClass, new EndpointCall<>(beans, method, arguments))
                .listening(settings.server())
                .with(settings.timeouts().initargs().toArray(Initarg[]::new));
    }
}
