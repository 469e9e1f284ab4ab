package io.sluice.it.support;

import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.util.ServiceLoader;

/** Starts containers without discovery. Weld then loads no extensions either, so ours are added; OpenWebBeans still loads them. */
public final class SeContainers {

    private SeContainers() {}

    public static void withoutDiscovery(SeContainerInitializer initializer) {
        initializer.disableDiscovery();
        if (initializer.getClass().getName().startsWith("org.jboss.weld.")) {
            initializer.addExtensions(ServiceLoader.load(Extension.class).stream()
                    .filter(extension -> extension.type().getName().startsWith("io.sluice."))
                    .map(ServiceLoader.Provider::get)
                    .toArray(Extension[]::new));
        }
    }
}
