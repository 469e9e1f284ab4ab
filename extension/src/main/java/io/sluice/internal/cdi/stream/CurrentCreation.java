package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.AddedBean;
import io.sluice.internal.cdi.container.DependentBean;
import io.sluice.stream.Assisted;
import io.sluice.stream.InstanceCreation;
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

/** The beans that inject the connection and the initargs of the current creation into the instance of a stream class. */
@Vetoed
public final class CurrentCreation {

    private CurrentCreation() {}

    public static void register(AfterBeanDiscovery event, BeanManager beans, Set<Type> assistedTypes) {
        AddedBean.of(StreamConnection.class, event, beans)
                .types(StreamConnection.class)
                .scope(Dependent.class)
                .produceWith(lookup -> InstanceCreation.current().connection());
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
        return AssistedPoint.of(point).value(InstanceCreation.current().initargs());
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
