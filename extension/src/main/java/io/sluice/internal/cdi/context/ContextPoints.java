package io.sluice.internal.cdi.context;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Checks the names at injection points. Every required name must be known, and types of TLS require a context with TLS.
 *
 * @param points the points
 * @param supplied the beans that the application supplies itself
 * @param known the names of all contexts
 */
public record ContextPoints(List<ContextPoint> points, SuppliedBeans supplied, Set<String> known) {

    private static final Set<Class<?>> TLS_OR_PLAIN =
            Set.of(SslContextSpecifier.class, SocketStreamCreator.class, SocketStreamConnector.class);
    private static final Set<Class<?>> TLS_ONLY =
            Set.of(SSLContext.class, SSLSocketFactory.class, SSLServerSocketFactory.class, SSLParameters.class);

    /** Tests whether Sluice has a bean of this type for each context, or for each context with TLS. */
    static boolean isOurs(Type type) {
        return TLS_ONLY.contains(type) || TLS_OR_PLAIN.contains(type);
    }

    /** Problems of points whose objects are always JSSE's, with contexts that have settings for another engine only. */
    public Stream<String> ofJsse(Function<String, List<Problem>> ignored) {
        return points.stream()
                .filter(point -> TLS_ONLY.contains(point.type()))
                .filter(point -> !supplied.hasContext(point.name(), point.type()))
                .flatMap(point -> ignored.apply(point.name()).stream()
                        .map(problem -> point.description() + ": this object of JSSE does not honour a setting of "
                                + ContextName.quoted(point.name())
                                + " that its engine honours. Use another context for it. " + problem.message()));
    }

    /** The unsatisfied injection points of Sluice's types. */
    List<ContextPoint> unmet() {
        return points.stream().filter(this::isUnmet).toList();
    }

    private boolean isUnmet(ContextPoint point) {
        boolean tlsOnly = TLS_ONLY.contains(point.type());
        boolean given = known.contains(point.name()) && !(tlsOnly && ContextName.NONE.is(point.name()));
        return isOurs(point.type()) && point.required() && !given && !supplied.hasContext(point.name(), point.type());
    }

    public List<String> problems() {
        return Stream.concat(
                        unmet().stream().map(this::problem),
                        supplied.contexts().stream().sorted().flatMap(this::suppliedProblem))
                .toList();
    }

    private Stream<String> suppliedProblem(String name) {
        String what = "the application supplies a bean of " + ContextName.qualifier(name) + ": ";
        if (ContextName.NONE.is(name)) {
            return Stream.of(what + ContextName.NONE + " is plaintext and cannot be replaced. Name another context");
        }
        return ContextName.isValid(name)
                ? Stream.empty()
                : Stream.of(what + ContextName.invalid(name) + ". " + ContextName.FORM);
    }

    String problem(ContextPoint point) {
        String name = point.name();
        if (!ContextName.isValid(name)) {
            return point.description() + ": " + ContextName.invalidAmong(name, known);
        }
        if (known.contains(name)) {
            return point.description() + ": " + ContextName.NONE
                    + " is plaintext, and has only a specifier, a creator and a connector. Name another context";
        }
        return point.description() + ": there is no " + ContextName.quoted(name) + NearNames.suggest(name, known)
                + ". Configure " + new ContextName(name).property("…") + ", or supply a bean of it";
    }
}
