package io.sluice.cdi;

import io.sluice.context.SslSide;
import io.sluice.stream.CreationDefaults;
import io.sluice.stream.StreamOpening;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the creator and the connector of a context have in common: their context, and what their injection point asks for. */
abstract class ContextView implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ContextSeat seat;
    private transient boolean errorp;

    @Inject
    void sit(InjectionPoint point) {
        this.seat = ContextSeat.current();
        this.errorp = Errorp.at(point);
    }

    private ContextSeat seat() {
        ContextSeat known = seat;
        return known == null ? ContextSeat.current() : known;
    }

    StreamOpening opening() {
        return seat().sluice().opening();
    }

    CreationDefaults defaults(SslSide side) {
        return new CreationDefaults(seat().context(), errorp, side);
    }

    /** Its name and errorp: what it holds beyond those belongs to the running container. */
    SerialForm serialForm(Class<?> type) {
        return new SerialForm(type, seat().name(), errorp);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of context \"" + seat().name() + "\"";
    }
}
