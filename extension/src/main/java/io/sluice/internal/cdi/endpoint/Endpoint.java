package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.config.EndpointSettings;
import io.sluice.internal.security.ServerSecurity;
import io.sluice.internal.settings.ContextName;
import io.sluice.server.DescribedServer;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.StreamFunction;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An enabled endpoint.
 *
 * @param method the method that serves it
 * @param arguments the method's further arguments
 * @param settings the configured settings
 */
record Endpoint(EndpointMethod method, EndpointArguments arguments, EndpointSettings settings) {

    String name() {
        return method.name();
    }

    String description() {
        return method.description();
    }

    /** The context's name, by default the endpoint's. */
    String context() {
        return settings.ssl().orElse(method.name());
    }

    /** Returns true if the client's certificate becomes the caller of the server's security. */
    boolean isCertified() {
        return settings.caller() == EndpointSettings.Caller.CERTIFICATE;
    }

    /** The security of the server, as the endpoint's archive sees it. */
    Optional<ServerSecurity> security() {
        return ServerSecurity.of(method.beanClass().getClassLoader());
    }

    /** Returns true if the two cannot listen at the same time. */
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

    /** Describes it before it listens. */
    ServerDescription describe() {
        Optional<String> context = Optional.of(context()).filter(name -> !ContextName.NONE.is(name));
        return new DescribedServer(settings.server(), context, true, ServerDescription.State.STARTING, null);
    }

    ServerStart<?> start(BeanManager beans) {
        return start(beans, method.streamClass().orElseThrow());
    }

    private <S extends SocketStream> ServerStart<S> start(BeanManager beans, Class<S> streamClass) {
        StreamFunction<S> call = new EndpointCall<>(beans, method, arguments);
        StreamFunction<S> function =
                isCertified() ? new CertifiedCall<>(description(), security().orElseThrow(), call) : call;
        return ServerStart.of(context(), streamClass, function)
                .listening(settings.server())
                .with(settings.timeouts().initargs().toArray(Initarg[]::new));
    }
}
