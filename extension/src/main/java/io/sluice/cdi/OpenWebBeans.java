package io.sluice.cdi;

import jakarta.enterprise.inject.spi.BeanManager;

/** Tells OpenWebBeans from other containers, where it needs something else. */
final class OpenWebBeans {

    private OpenWebBeans() {}

    static boolean isHere(BeanManager beans) {
        return beans.getClass().getName().startsWith("org.apache.webbeans.");
    }
}
