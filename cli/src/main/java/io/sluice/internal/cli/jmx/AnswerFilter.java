package io.sluice.internal.cli.jmx;

import java.io.ObjectInputFilter;

/** What a service may send. The answers of RMI are Java objects, and the user may have named a wrong service. */
final class AnswerFilter {

    /** What JMX itself needs, and the exceptions of Sluice. */
    private static final String PERMITTED =
            "java.base/*;java.rmi/*;java.management/*;java.management.rmi/*;io.sluice.**;!*";

    private AnswerFilter() {}

    /** Applies to the whole JVM, which does nothing but to ask. */
    static synchronized void install() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(PERMITTED));
        }
    }
}
