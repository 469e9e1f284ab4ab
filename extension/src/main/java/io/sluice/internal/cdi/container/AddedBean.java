package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;

/**
 * A bean that the extension adds with the event's configurator. On OpenWebBeans it needs an explicit id: for each WAR, TomEE reads the id of
 * every bean in an EAR's libraries ({@code WebappBeanManager.InheritedBeanFilter}: a NullPointerException). The other containers make
 * unique ids themselves.
 */
public final class AddedBean {

    private AddedBean() {}

    /** Adds the only bean of a type. */
    public static <T> BeanConfigurator<T> of(Class<T> type, AfterBeanDiscovery event, BeanManager beans) {
        return named(type.getName(), event, beans);
    }

    /** Adds one of several beans, with a unique name. */
    public static <T> BeanConfigurator<T> named(String name, AfterBeanDiscovery event, BeanManager beans) {
        BeanConfigurator<T> bean = event.addBean();
        return OpenWebBeans.isHere(beans) ? bean.id(AddedBean.class.getName() + " " + name) : bean;
    }
}
