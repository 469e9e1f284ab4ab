package io.sluice.it.support;

import io.sluice.cdi.SluiceExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** Starts containers without discovery. Weld then loads no extensions either; OpenWebBeans still loads them. */
public final class SeContainers {

    private SeContainers() {}

    public static void withoutDiscovery(SeContainerInitializer initializer) {
        initializer.disableDiscovery();
        if (initializer.getClass().getName().startsWith("org.jboss.weld.")) {
            initializer.addExtensions(new SluiceExtension());
        }
    }
}
