package io.sluice.internal.cdi.context;

import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.settings.ContextName;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import java.io.Serializable;

/**
 * How an injected creator, connector or specifier is serialised: read back, it is made in the container of the day.
 *
 * @param type the injected type; or the class of a creator or connector that is not to be intercepted
 * @param name the context's name
 * @param errorp whether socket errors are thrown
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

    /** Not through an {@code Instance}, which would keep what it gave for as long as the container runs. */
    private Object lookedUp(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(type, ContextQualifier.of(name)));
        if (bean == null) {
            throw new IllegalStateException(
                    "it was serialised with " + ContextName.quoted(name) + ", which this application does not have");
        }
        return ErrorPolicy.assuming(errorp, () -> beans.getReference(bean, type, beans.createCreationalContext(bean)));
    }
}
