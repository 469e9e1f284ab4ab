package io.sluice.internal.cdi.context;

import io.sluice.context.SslSide;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.StreamFactory;
import io.sluice.stream.StreamFactory.CreationDefaults;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The common part of a context's creator and connector: their context, and the errorp of their injection point. The class is public,
 * and its methods use only public types, because Weld puts proxies and subclasses into the package of the bean's type.
 */
@Vetoed
public abstract class InjectedFactory implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable BoundContext bound;
    private transient boolean errorp;
    private transient @Nullable CreationDefaults defaults;

    InjectedFactory() {}

    @Inject
    void bind(@Nullable InjectionPoint point) {
        this.bound = BoundContext.current();
        this.errorp = ErrorPolicy.throwsAt(point);
    }

    private BoundContext bound() {
        BoundContext known = bound;
        return known == null ? BoundContext.current() : known;
    }

    StreamFactory opening() {
        return bound().sluice().streamFactory();
    }

    /** The same for each creation: a creator and a connector have one side each. */
    CreationDefaults defaults(SslSide side) {
        CreationDefaults known = defaults;
        if (known == null) {
            known = new CreationDefaults(bound().context(), errorp, side);
            defaults = known;
        }
        return known;
    }

    /**
     * The name and errorp. The rest belongs to the running container. A subclass that the container made carries the interceptors, so
     * the bean is looked up again. The class itself is behind a proxy, which is serialised with its interceptors. A second proxy would
     * call them twice.
     */
    Object serialForm(Class<?> type, Class<? extends InjectedFactory> bare) {
        return new SerialForm(getClass() == bare ? bare : type, bound().name(), errorp);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + ContextName.quoted(bound().name());
    }
}
