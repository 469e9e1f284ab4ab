package io.sluice.internal.cdi.container;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/** The request scope of a call of the application's code. Within a request of the application that one stays active. */
public final class ActiveRequest {

    private static final ActiveRequest NONE = new ActiveRequest(null, false);

    private final Instance.@Nullable Handle<RequestContextController> handle;
    private final boolean begun;

    private ActiveRequest(Instance.@Nullable Handle<RequestContextController> handle, boolean begun) {
        this.handle = handle;
        this.begun = begun;
    }

    /** For a call that needs no request. */
    public static ActiveRequest none() {
        return NONE;
    }

    /** Begins a request on this thread unless there is one. The caller ends it on the same thread. */
    public static ActiveRequest begin(BeanManager beans) {
        Instance.Handle<RequestContextController> handle =
                beans.createInstance().select(RequestContextController.class).getHandle();
        try {
            return new ActiveRequest(handle, handle.get().activate());
        } catch (RuntimeException e) {
            handle.destroy();
            throw e;
        }
    }

    /** Ends the request if this began it. */
    public void end() {
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
