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

/** Calls an endpoint's method on its bean, with what it has injected; what was made for the call ends with it. */
final class EndpointCall<S extends SocketStream> implements StreamFunction<S> {

    private final BeanManager beans;
    private final Bean<?> bean;
    private final Method method;
    private final Type type;
    private final EndpointArguments arguments;
    /** A client proxy is for all calls; where the bean has none, an instance is made for each. */
    private final boolean proxied;

    private final boolean ofRequest;

    private volatile @Nullable Object proxy;

    EndpointCall(BeanManager beans, EndpointMethod method, EndpointArguments arguments) {
        this.beans = beans;
        this.bean = method.bean();
        this.method = method.javaMethod();
        this.type = method.beanType().orElseThrow();
        this.arguments = arguments;
        this.proxied = beans.isNormalScope(bean.getScope());
        this.ofRequest = method.isOfRequest();
        this.method.setAccessible(true);
    }

    @Override
    public void serve(S stream, ServerConnection connection) throws Exception {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        RequestScopeOfCall request = RequestScopeOfCall.begin(beans, ofRequest);
        try {
            method.invoke(reference(context), arguments.around(stream, context));
        } catch (InvocationTargetException e) {
            throw asThrown(e);
        } finally {
            end(context, request);
        }
    }

    /** A disposer that throws leaves no request behind for the next connection of a pooled thread. */
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

    private static Exception asThrown(InvocationTargetException wrapped) {
        if (wrapped.getCause() instanceof Error error) {
            throw error;
        }
        return wrapped.getCause() instanceof Exception exception ? exception : wrapped;
    }

    /**
     * The request scope for a call of a bean of that scope: the bean is found before the interceptor of {@code @ActivateRequestContext}
     * has its turn.
     *
     * @param handle what ends it; null where the call needs none
     * @param begun whether it was not active before
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
