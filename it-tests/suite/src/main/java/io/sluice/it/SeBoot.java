package io.sluice.it;

import io.sluice.cdi.SluiceExtension;
import jakarta.enterprise.inject.se.SeContainerInitializer;

/** Starts containers without discovery: Weld then loads no extensions either; OpenWebBeans loads them all the same. */
final class SeBoot {

    private SeBoot() {}

    static void withoutDiscovery(SeContainerInitializer initializer) {
        initializer.disableDiscovery();
        if (initializer.getClass().getName().startsWith("org.jboss.weld.")) {
            initializer.addExtensions(new SluiceExtension());
        }
    }
}
