package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.PointType;
import io.sluice.internal.cdi.context.ContextPoint;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.List;
import java.util.stream.Stream;

/** What is injected at each call of an endpoint's method, behind the stream. */
public final class EndpointArguments {

    private final BeanManager beans;
    private final EndpointMethod method;
    private final List<InjectionPoint> points;

    EndpointArguments(BeanManager beans, EndpointMethod method) {
        this.beans = beans;
        this.method = method;
        this.points =
                method.arguments(beans).<InjectionPoint>map(point -> point).toList();
    }

    List<InjectionPoint> points() {
        return points;
    }

    /** What nothing can be injected at, in the container's words; the qualifier of contexts has words of ours. */
    Stream<String> problems() {
        return points.stream().filter(point -> ContextPoint.of(point).isEmpty()).flatMap(this::problem);
    }

    private Stream<String> problem(InjectionPoint point) {
        try {
            beans.validate(point);
            return Stream.empty();
        } catch (RuntimeException e) {
            return Stream.of(method.what() + ": nothing can be injected at " + PointType.place(point) + ": "
                    + ContainerExceptions.reason(e));
        }
    }

    /** The arguments of a call, the stream first; dependent ones belong to the context. */
    Object[] around(Object stream, CreationalContext<?> context) {
        Object[] arguments = new Object[points.size() + 1];
        arguments[0] = stream;
        for (int i = 0; i < points.size(); i++) {
            arguments[i + 1] = beans.getInjectableReference(points.get(i), context);
        }
        return arguments;
    }
}
