package io.sluice.it.server.app;

/** What applications tell the monitor. */
public interface ApplicationLoadersMBean {

    /** Notes the class loader of an application, weakly. */
    void note(String application, ClassLoader loader);
}
