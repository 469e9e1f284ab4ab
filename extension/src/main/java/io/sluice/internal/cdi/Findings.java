package io.sluice.internal.cdi;

import io.sluice.internal.cdi.container.Archives;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.cdi.context.ContextPoint;
import io.sluice.internal.cdi.endpoint.FoundEndpoints;
import io.sluice.internal.cdi.stream.FoundStreams;
import java.util.List;

/**
 * What the container's discovery showed of an application. Nothing is added later, but to the supplied beans.
 *
 * @param points where contexts are injected
 * @param supplied the beans that the application supplies in place of Sluice's
 * @param streams the stream classes, and where streams and initargs are injected
 * @param endpoints the endpoints
 * @param archives the archives that the application is made of
 * @param problems what is wrong with any of it
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
