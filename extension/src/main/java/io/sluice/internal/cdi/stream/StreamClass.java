package io.sluice.internal.cdi.stream;

import io.sluice.stream.Initargs;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A stream class as the container makes it: discovered as a bean, or found out about at its first use. */
final class StreamClass<S extends SocketStream> {

    private static final Logger LOG = System.getLogger(StreamClass.class.getName());

    private final Class<S> type;
    private final Bean<S> bean;
    private final List<AssistedPoint> assisted;
    private final Set<String> names;

    StreamClass(Class<S> type, Bean<S> bean) {
        this.type = type;
        this.bean = bean;
        this.assisted = bean.getInjectionPoints().stream()
                .filter(AssistedPoint::is)
                .map(AssistedPoint::of)
                .toList();
        this.names = assisted.stream().map(AssistedPoint::name).collect(Collectors.toUnmodifiableSet());
    }

    Set<InjectionPoint> injectionPoints() {
        return bean.getInjectionPoints();
    }

    /** Checks the initargs against the assisted points: all that is wrong in one exception. */
    void check(Initargs initargs) {
        if (assisted.isEmpty() && !initargs.anyAssisted()) {
            return;
        }
        Set<String> problems = new TreeSet<>();
        assisted.forEach(point -> point.problem(initargs).ifPresent(problems::add));
        initargs.notAmong(names)
                .forEach(name -> problems.add("initarg \"" + name + "\" is taken by nothing: "
                        + (names.isEmpty()
                                ? "the class has no @Assisted points"
                                : "it takes " + new TreeSet<>(names))));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + ": " + String.join("; ", problems));
        }
    }

    S create(CreationalContext<S> context) {
        return bean.create(context);
    }

    /** What a pre-destroy method throws goes to the log: closing is quiet, as containers have it for their own beans. */
    void destroy(S stream, CreationalContext<S> context) {
        try {
            bean.destroy(stream, context);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "stream class " + type.getName() + ": its pre-destroy method threw", e);
        }
    }

    CreationalContext<S> creationalContext(BeanManager beans) {
        return beans.createCreationalContext(bean);
    }
}
