package io.sluice.internal.cdi.context;

import io.sluice.context.SslSide;
import io.sluice.stream.CreationDefaults;
import io.sluice.stream.StreamFactory;
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

    private transient @Nullable BoundContext seat;
    private transient boolean errorp;

    InjectedFactory() {}

    @Inject
    void sit(@Nullable InjectionPoint point) {
        this.seat = BoundContext.current();
        this.errorp = ErrorPolicy.at(point);
    }

    private BoundContext seat() {
        BoundContext known = seat;
        return known == null ? BoundContext.current() : known;
    }

    StreamFactory opening() {
        return seat().sluice().opening();
    }

    CreationDefaults defaults(SslSide side) {
        return new CreationDefaults(seat().context(), errorp, side);
    }

    /**
     * Its name and errorp: what it holds beyond those belongs to the running container. A subclass made by the container is its
     * own interceptors' carrier and is looked up again; the bare class stands behind a proxy, which is serialised with what it
     * does, and would do it twice in front of another proxy.
     */
    Object serialForm(Class<?> type, Class<? extends InjectedFactory> bare) {
        return new SerialForm(getClass() == bare ? bare : type, seat().name(), errorp);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of context \"" + seat().name() + "\"";
    }
}
