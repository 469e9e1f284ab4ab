package io.sluice.internal.cdi.container;

import jakarta.enterprise.inject.spi.BeanManager;

/** Detects OpenWebBeans, which sometimes needs different treatment. */
public final class OpenWebBeans {

    private OpenWebBeans() {}

    public static boolean isHere(BeanManager beans) {
        return beans.getClass().getName().startsWith("org.apache.webbeans.");
    }
}
