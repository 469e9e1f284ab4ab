package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.BeanManager;

/** Tells OpenWebBeans from other containers, where it needs something else. */
public final class OpenWebBeans {

    private OpenWebBeans() {}

    public static boolean isHere(BeanManager beans) {
        return beans.getClass().getName().startsWith("org.apache.webbeans.");
    }
}
