package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ActiveRequest;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint's method on its bean, with injected arguments. Dependent objects end with the call. */
final class EndpointCall<S extends SocketStream> implements StreamFunction<S> {

    private final BeanManager beans;
    private final Bean<?> bean;
    private final Method method;
    private final Type type;
    private final EndpointArguments arguments;
    /** A client proxy is used for all calls. Without one, each call gets its own instance. */
    private final boolean proxied;

    private final boolean requestScoped;

    private volatile @Nullable Object proxy;

    EndpointCall(BeanManager beans, EndpointMethod method, EndpointArguments arguments) {
        this.beans = beans;
        this.bean = method.bean();
        this.method = method.javaMethod();
        this.type = method.beanType().orElseThrow();
        this.arguments = arguments;
        this.proxied = beans.isNormalScope(bean.getScope());
        this.requestScoped = method.isRequestScoped();
        this.method.setAccessible(true);
    }

    @Override
    public void serve(S stream, ServerConnection connection) throws Exception {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        // The bean is looked up before the interceptor of ActivateRequestContext runs.
        ActiveRequest request = requestScoped ? ActiveRequest.begin(beans) : ActiveRequest.none();
        try {
            method.invoke(reference(context), arguments.resolve(stream, context));
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
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

    private Object reference(CreationalContext<?> context) {
        if (!proxied) {
            return beans.getReference(bean, type, context);
        }
        Object known = proxy;
        if (known == null) {
            known = beans.getReference(bean, type, beans.createCreationalContext(bean));
            proxy = known;
        }
        return known;
    }

    private static Exception unwrapped(InvocationTargetException wrapped) {
        if (wrapped.getCause() instanceof Error error) {
            throw error;
        }
        return wrapped.getCause() instanceof Exception exception ? exception : wrapped;
    }
}
