package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ActiveRequest;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls an endpoint's method on its bean, with injected arguments. Dependent objects end with the call.
 *
 * <p>The instance of a normal scope comes from the scope's context, as in a client proxy. The call itself needs no proxy.
 */
final class EndpointCall<S extends SocketStream> implements StreamFunction<S> {

    private final BeanManager beans;
    private final Bean<?> bean;
    private final PreparedMethod method;
    private final @Nullable BiConsumer<Object, Object> direct;
    private final Type type;
    private final EndpointArguments arguments;
    /** Otherwise each call gets its own instance. */
    private final boolean scoped;

    private final boolean requestScoped;

    EndpointCall(BeanManager beans, EndpointMethod method, EndpointArguments arguments) {
        this.beans = beans;
        this.bean = method.bean();
        this.method = PreparedMethod.of(method.javaMethod());
        this.direct = this.method.direct();
        this.type = method.beanType().orElseThrow();
        this.arguments = arguments;
        this.scoped = beans.isNormalScope(bean.getScope());
        this.requestScoped = method.isRequestScoped();
    }

    @Override
    public void serve(S stream, ServerConnection connection) throws Exception {
        if (direct == null || !scoped || requestScoped) {
            serveWithObjects(stream);
        } else {
            direct.accept(scoped(bean), stream);
        }
    }

    /** For objects that end with the call: arguments, the bean itself, or the request. */
    private void serveWithObjects(S stream) throws Exception {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        // The bean is looked up before the interceptor of ActivateRequestContext runs.
        ActiveRequest request = requestScoped ? ActiveRequest.begin(beans) : ActiveRequest.none();
        try {
            Object instance = scoped ? scoped(bean) : beans.getReference(bean, type, context);
            method.call(instance, arguments.resolve(stream, context));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            end(context, request);
        }
    }

    /** Ends the request even if a disposer throws, because a pooled thread serves further connections. */
    private static void end(CreationalContext<?> context, ActiveRequest request) {
        try {
            context.release();
        } finally {
            request.end();
        }
    }

    private <T> Object scoped(Bean<T> declared) {
        Context scope = beans.getContext(declared.getScope());
        T known = scope.get(declared);
        return known == null ? scope.get(declared, beans.createCreationalContext(declared)) : known;
    }
}
