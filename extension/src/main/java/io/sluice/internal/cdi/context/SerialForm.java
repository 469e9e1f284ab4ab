package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.io.Serializable;

/**
 * The serialised form of an injected creator, connector or specifier. Deserialised, it is made anew by the container then running.
 *
 * @param type the injected type, or the class of a creator or connector that must not be intercepted
 * @param name the context's name
 * @param errorp whether conditions are thrown
 */
record SerialForm(Class<?> type, String name, boolean errorp) implements Serializable {

    private Object readResolve() {
        BeanManager beans = CDI.current().getBeanManager();
        if (type == InjectedCreator.class) {
            return bare(new InjectedCreator(), beans);
        }
        return type == InjectedConnector.class ? bare(new InjectedConnector(), beans) : lookedUp(beans);
    }

    private InjectedFactory bare(InjectedFactory view, BeanManager beans) {
        BoundContext bound = new BoundContext(name, SluiceRuntime.of(beans));
        return bound.bind(() -> ErrorPolicy.assuming(errorp, () -> {
            view.bind(null);
            return view;
        }));
    }

    /** Without an {@code Instance}, which would keep the object as long as the container runs. */
    private Object lookedUp(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(type, ContextQualifier.of(name)));
        if (bean == null) {
            throw new IllegalStateException("the injected " + type.getSimpleName() + " was serialised with "
                    + ContextName.quoted(name) + ", which this application does not have. Configure that context");
        }
        return ErrorPolicy.assuming(errorp, () -> beans.getReference(bean, type, beans.createCreationalContext(bean)));
    }
}
