package io.sluice.internal.cdi;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.internal.cdi.endpoint.FoundEndpoints;
import io.sluice.internal.cdi.stream.FoundStreams;
import java.util.List;

/**
 * The result of discovery. {@link Discovery} says when it is complete.
 *
 * @param points the injection points of contexts
 * @param supplied the beans that replace Sluice's beans
 * @param streams the stream classes, and the injection points of streams and initargs
 * @param endpoints the endpoints
 * @param archives the archives of the application
 * @param problems the problems of any of these
 */
public record Findings(
        List<ContextPoint> points,
        SuppliedBeans supplied,
        FoundStreams streams,
        FoundEndpoints endpoints,
        Archives archives,
        List<String> problems) {

    public Findings {
        points = List.copyOf(points);
        problems = List.copyOf(problems);
    }
}
