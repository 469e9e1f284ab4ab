package io.sluice.internal.cdi.endpoint;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/**
 * The request scope for a call of a bean of that scope: the bean is found before the interceptor of {@code @ActivateRequestContext}
 * has its turn.
 *
 * @param handle what ends it; null where the call needs none
 * @param begun whether it was not active before
 */
record RequestScopeOfCall(Instance.@Nullable Handle<RequestContextController> handle, boolean begun) {

    private static final RequestScopeOfCall NONE = new RequestScopeOfCall(null, false);

    static RequestScopeOfCall begin(BeanManager beans, boolean needed) {
        if (!needed) {
            return NONE;
        }
        Instance.Handle<RequestContextController> handle =
                beans.createInstance().select(RequestContextController.class).getHandle();
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
