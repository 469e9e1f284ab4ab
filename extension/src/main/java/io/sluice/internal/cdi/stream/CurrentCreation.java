package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.DependentBean;
import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.stream.Assisted;
import io.sluice.stream.Initargs;
import io.sluice.stream.StreamConnection;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The creation of a stream instance on this thread, and the beans that inject its connection and initargs into the instance. */
@Vetoed
public final class CurrentCreation {

    private static final ThreadBound<CurrentCreation> CURRENT = new ThreadBound<>();

    private final @Nullable CurrentCreation outer;
    private final StreamConnection connection;
    private final Initargs initargs;

    private CurrentCreation(StreamConnection connection, Initargs initargs) {
        this.connection = connection;
        this.initargs = initargs;
        this.outer = CURRENT.bind(this);
    }

    static CurrentCreation enter(StreamConnection connection, Initargs initargs) {
        return new CurrentCreation(connection, initargs);
    }

    void leave() {
        CURRENT.restore(outer);
    }

    private static CurrentCreation current() {
        CurrentCreation creation = CURRENT.get();
        if (creation == null) {
            throw new IllegalStateException("no stream is being created on this thread: a connection and assisted"
                    + " initargs are injected only into stream classes, by SocketStreamCreator.create and"
                    + " SocketStreamConnector.open");
        }
        return creation;
    }

    public static void register(AfterBeanDiscovery event, BeanManager beans, Set<Type> assistedTypes) {
        AddedBean.of(StreamConnection.class, event, beans)
                .types(StreamConnection.class)
                .scope(Dependent.class)
                .produceWith(lookup -> current().connection);
        AnnotatedMethod<? super CurrentCreation> producer =
                beans.createAnnotatedType(CurrentCreation.class).getMethods().stream()
                        .filter(method -> method.getJavaMember().getName().equals("assisted"))
                        .findFirst()
                        .orElseThrow();
        for (Type type : assistedTypes) {
            DependentBean<Object> attributes = new DependentBean<>(Set.of(type), AssistedLiteral.INSTANCE);
            event.addBean(beans.createBean(
                    attributes, CurrentCreation.class, beans.<CurrentCreation>getProducerFactory(producer, null)));
        }
    }

    /**
     * Produces the initarg for a point.
     *
     * @param point an assisted point that was checked before
     * @return the value, or an {@code Optional} of it if the point is one
     */
    public static Object assisted(InjectionPoint point) {
        return AssistedPoint.of(point).value(current().initargs);
    }

    /** The qualifier without a name: the value is not binding. */
    private static final class AssistedLiteral extends AnnotationLiteral<Assisted> implements Assisted {
        static final AssistedLiteral INSTANCE = new AssistedLiteral();
        private static final long serialVersionUID = 1L;

        @Override
        public String value() {
            return "";
        }
    }
}
