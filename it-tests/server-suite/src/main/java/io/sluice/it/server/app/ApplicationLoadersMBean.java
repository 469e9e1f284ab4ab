package io.sluice.it.server.app;

/** The interface of the monitor for applications. */
public interface ApplicationLoadersMBean {

    /** Registers the class loader of an application, with a weak reference. */
    void note(String application, ClassLoader loader);
}
