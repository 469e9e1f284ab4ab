package io.sluice.internal.cdi.endpoint;

import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
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
        RequestScopeOfCall request = RequestScopeOfCall.begin(beans, requestScoped);
        try {
            method.invoke(reference(context), arguments.resolve(stream, context));
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        } finally {
            end(context, request);
        }
    }

    /** Ends the request even if a disposer throws, because a pooled thread serves further connections. */
    private static void end(CreationalContext<?> context, RequestScopeOfCall request) {
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

    /**
     * The request scope of a call of a request-scoped bean. The bean is looked up before the interceptor of
     * {@code ActivateRequestContext} runs.
     *
     * @param handle the controller's handle; null if the call needs no request
     * @param begun whether this call activated the request
     */
    private record RequestScopeOfCall(Instance.@Nullable Handle<RequestContextController> handle, boolean begun) {

        private static final RequestScopeOfCall NONE = new RequestScopeOfCall(null, false);

        static RequestScopeOfCall begin(BeanManager beans, boolean needed) {
            if (!needed) {
                return NONE;
            }
            Instance.Handle<RequestContextController> handle = beans.createInstance()
                    .select(RequestContextController.class)
                    .getHandle();
            try {
                return new RequestScopeOfCall(handle, handle.get().activate());
            } catch (RuntimeException e) {
                handle.destroy();
                throw e;
            }
        }

        void end() {
            if (handle == null) {
                return;
            }
            try {
                if (begun) {
                    handle.get().deactivate();
                }
            } finally {
                handle.destroy();
            }
        }
    }
}
