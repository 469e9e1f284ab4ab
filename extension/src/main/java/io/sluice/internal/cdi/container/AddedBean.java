package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;

/**
 * A bean that the extension adds by the event's configurator. On OpenWebBeans it has no id unless it is given one, and TomEE
 * asks every bean of an EAR's libraries for its id, for each of the WARs ({@code WebappBeanManager.InheritedBeanFilter}: a
 * NullPointerException). The other containers find one that no other bean of the deployment has.
 */
public final class AddedBean {

    private AddedBean() {}

    /** The one of its type. */
    public static <T> BeanConfigurator<T> of(Class<T> type, AfterBeanDiscovery event, BeanManager beans) {
        return named(type.getName(), event, beans);
    }

    /** One of several, by a name that none of the others has. */
    public static <T> BeanConfigurator<T> named(String name, AfterBeanDiscovery event, BeanManager beans) {
        BeanConfigurator<T> bean = event.addBean();
        return OpenWebBeans.isHere(beans) ? bean.id(AddedBean.class.getName() + " " + name) : bean;
    }
}
