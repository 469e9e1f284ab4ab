package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.ActiveRequest;
import io.sluice.internal.context.ContextWatch;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;

/** Fires the events of contexts, to synchronous and asynchronous observers. What an observer throws is logged. */
public record ContextEventSender(BeanManager beans) implements ContextWatch.Events {

    private static final Logger LOG = System.getLogger(ContextEventSender.class.getName());

    @Override
    public boolean observes(String context, Object event) {
        return !beans.resolveObserverMethods(event, SslContext.Literal.of(context))
                .isEmpty();
    }

    @Override
    public <E> void fire(String context, Class<E> type, E event) {
        Annotation qualifier = SslContext.Literal.of(context);
        try {
            if (!observes(context, event)) {
                return;
            }
            beans.getEvent()
                    .select(type, qualifier)
                    .fireAsync(event)
                    .whenComplete((fired, failure) -> logFailure(context, type, failure));
        } catch (RuntimeException | Error e) { // Also a server's executor that refuses the task.
            logFailure(context, type, e);
        }
        try {
            fireInRequest(type, event, qualifier);
        } catch (RuntimeException | Error e) {
            logFailure(context, type, e);
        }
    }

    /** Containers activate the request scope for asynchronous observers only, and a look at files is no request of anyone. */
    private <E> void fireInRequest(Class<E> type, E event, Annotation qualifier) {
        ActiveRequest request = ActiveRequest.begin(beans);
        try {
            beans.getEvent().select(type, qualifier).fire(event);
        } finally {
            request.end();
        }
    }

    private static void logFailure(String context, Class<?> type, Throwable failure) {
        if (failure != null) {
            LOG.log(
                    Level.WARNING,
                    ContextName.quoted(context) + ": an observer of " + type.getSimpleName() + " failed",
                    failure);
        }
    }
}
