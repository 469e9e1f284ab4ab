package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ActiveRequest;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The bean of an endpoint's method. The instance of a normal scope comes from the scope's context, as in a client proxy. The call itself
 * needs no proxy.
 */
final class EndpointBean {

    private final BeanManager beans;
    private final Bean<?> bean;
    private final Type type;
    /** Otherwise each call gets its own instance. */
    private final boolean scoped;

    private final boolean requestScoped;

    EndpointBean(BeanManager beans, EndpointMethod method) {
        this.beans = beans;
        this.bean = method.bean();
        this.type = method.beanType().orElseThrow();
        this.scoped = beans.isNormalScope(bean.getScope());
        this.requestScoped = method.isRequestScoped();
    }

    /** Something that needs the instance, and objects that end with the call. */
    interface Call {
        @Nullable
        Object on(Object instance, CreationalContext<?> context) throws Throwable;
    }

    /** Whether {@link #instance} can be used: no object ends with the call. */
    boolean isReady() {
        return scoped && !requestScoped;
    }

    Object instance() {
        return scoped(bean);
    }

    /** For objects that end with the call: arguments, the bean itself, or the request. */
    @Nullable
    Object callWithObjects(Call call) throws Exception {
        CreationalContext<?> context = beans.createCreationalContext(bean);
        // The bean is looked up before the interceptor of ActivateRequestContext runs.
        ActiveRequest request = requestScoped ? ActiveRequest.begin(beans) : ActiveRequest.none();
        try {
            return call.on(scoped ? scoped(bean) : beans.getReference(bean, type, context), context);
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
