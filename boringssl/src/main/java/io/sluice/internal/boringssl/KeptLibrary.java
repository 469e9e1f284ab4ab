package io.sluice.internal.boringssl;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import io.netty.internal.tcnative.SniHostNameMatcher;
import io.netty.util.AttributeKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the native library loaded until the JVM ends. The JVM would unload it with the class loader of Netty. But each thread that has used
 * BoringSSL calls it once more at its own end, so the JVM would crash when one of a server's threads ends after an application.
 */
final class KeptLibrary {

    private static final Logger LOG = System.getLogger(KeptLibrary.class.getName());
    private static final String KEPT = "io.sluice.boringssl.kept";
    private static final AtomicBoolean SEEN = new AtomicBoolean();

    private KeptLibrary() {}

    /** Called when the library has been loaded. */
    static void keep() {
        ClassLoader loader = SSL.class.getClassLoader();
        if (SEEN.getAndSet(true) || loader == ClassLoader.getSystemClassLoader() || isKept(loader)) {
            return;
        }
        refer();
        if (loader == KeptLibrary.class.getClassLoader() && isOfServer(loader)) {
            LOG.log(
                    Level.WARNING,
                    "BoringSSL cannot be unloaded, and the class loader of this application has loaded it. So the JVM keeps this class"
                            + " loader when the application has ended, and each redeployment takes as much memory again. Move Netty's jars"
                            + " and the native library from the application into a module or a library folder of the server, as"
                            + " docs/engines.md describes");
        }
    }

    /** Whether another application has kept the library for this class loader. Netty's attributes tell, if they are of the same one. */
    private static boolean isKept(ClassLoader loader) {
        return AttributeKey.class.getClassLoader() == loader && AttributeKey.exists(KEPT);
    }

    /**
     * Makes JNI refer to the class loader, by a callback of a native context that is never freed. All classes of the callback are Netty's
     * and the JDK's, so that an application with another class loader is not kept.
     */
    private static void refer() {
        MethodType match = MethodType.methodType(boolean.class, long.class, String.class);
        try {
            SSLContext.setSniHostnameMatcher(
                    SSLContext.make(SSL.SSL_PROTOCOL_ALL, SSL.SSL_MODE_SERVER),
                    MethodHandleProxies.asInterfaceInstance(SniHostNameMatcher.class, MethodHandles.empty(match)));
            AttributeKey.valueOf(KEPT);
        } catch (Exception | LinkageError e) {
            LOG.log(
                    Level.WARNING,
                    "BoringSSL cannot be kept loaded. The JVM may crash when this application has ended. Restart the server instead"
                            + " of redeploying the application, or set engine=jdk for its contexts",
                    e);
        }
    }

    /** A server gives all its applications the same servlet API. */
    private static boolean isOfServer(ClassLoader loader) {
        try {
            return Class.forName("jakarta.servlet.Servlet", false, loader).getClassLoader() != loader;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
