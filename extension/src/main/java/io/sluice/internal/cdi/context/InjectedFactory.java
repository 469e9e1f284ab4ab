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
 * What the creator and the connector of a context have in common: their context, and what their injection point asks for. It is
 * public and its methods name public types only, because Weld's proxies and subclasses, which are of the package of the bean's
 * type, name them all.
 */
@Vetoed
public abstract class InjectedFactory implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable BoundContext bound;
    private transient boolean errorp;

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

    CreationDefaults defaults(SslSide side) {
        return new CreationDefaults(bound().context(), errorp, side);
    }

    /**
     * Its name and errorp: what it holds beyond those belongs to the running container. A subclass made by the container is its
     * own interceptors' carrier and is looked up again; the bare class stands behind a proxy, which is serialised with what it
     * does, and would do it twice in front of another proxy.
     */
    Object serialForm(Class<?> type, Class<? extends InjectedFactory> bare) {
        return new SerialForm(getClass() == bare ? bare : type, bound().name(), errorp);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + ContextName.quoted(bound().name());
    }
}
