package io.sluice.internal.cli;

/** What the MXBean of an application has, as far as the command line uses it. */
public interface SampleServiceMXBean {

    /** {@return the document} */
    String getJson();

    /** Loads a context again. */
    void reload(String context);
}
