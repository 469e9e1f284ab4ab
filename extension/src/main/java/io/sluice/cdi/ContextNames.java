package io.sluice.cdi;

import io.sluice.context.material.NearNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** Checks the names at injection points: all that are required must be known, and TLS types need TLS. */
final class ContextNames {

    /** The name of the context that is no TLS. */
    static final String NONE = "none";

    private static final Set<Class<?>> TLS_ONLY =
            Set.of(SSLContext.class, SSLSocketFactory.class, SSLServerSocketFactory.class, SSLParameters.class);

    private ContextNames() {}

    static List<String> problems(List<ContextPoint> points, Set<String> known) {
        List<String> problems = new ArrayList<>();
        for (ContextPoint point : points) {
            if (point.required() && !known.contains(point.name())) {
                problems.add(point.what() + ": there is no context \"" + point.name() + "\""
                        + NearNames.suggest(point.name(), known) + ". Configure sluice.ssl." + point.name()
                        + ".…, or supply a bean of it");
            } else if (point.required() && point.name().equals(NONE) && TLS_ONLY.contains(point.type())) {
                problems.add(
                        point.what() + ": the context \"none\" is no TLS, and has only a specifier, a creator and a"
                                + " connector. Name another context");
            }
        }
        return problems;
    }
}
