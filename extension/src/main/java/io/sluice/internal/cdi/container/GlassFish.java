package io.sluice.internal.cdi.container;

/**
 * GlassFish and Payara put a type that an extension adds into an archive of its own that sees no other ({@code
 * DeploymentImpl.loadBeanDeploymentArchive}), where none of its injection points can be satisfied. So stream classes that need no annotation
 * are not added there, but made at their first use, as undiscovered classes are.
 */
public final class GlassFish {

    /** Set by both, to where the server's domain or instance is. */
    private static final String INSTANCE = "com.sun.aas.instanceRoot";

    private GlassFish() {}

    public static boolean isHere() {
        return System.getProperty(INSTANCE) != null;
    }
}
