package io.sluice.internal.managed;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An SSL context of WildFly's Elytron subsystem. It is a service of the server and not bound in JNDI. It is looked up by the service's
 * name, which is the name of its capability: {@code org.wildfly.security.ssl-context.<name>}. Modules and services are part of the
 * server. They are called by reflection, so that a deployment needs no dependency on them.
 */
final class ElytronLookup {

    private static final String CAPABILITY = "org.wildfly.security.ssl-context.";
    private static final String SERVER = "org.jboss.as.server";
    private static final String MODULES = "org.jboss.modules.";
    private static final String OTHERWISE = "configure keys and trust for the context";
    private static final long START_SECONDS = 10;

    private ElytronLookup() {}

    static ManagedSslContext find(String name) throws ContextLookupException {
        try {
            return find(name, serverClasses());
        } catch (InvocationTargetException e) {
            throw new ContextLookupException(
                    "the server's SSL context '" + name + "' did not start within " + START_SECONDS + " s, or failed ("
                            + e.getCause() + ")",
                    "Look for the cause in the server's log",
                    e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new ContextLookupException(
                    "Sluice does not know the services of this WildFly (" + e + ")", "Instead, " + OTHERWISE, e);
        }
    }

    /** The classes of the server, found through the application's module and its module loader. */
    private static ClassLoader serverClasses() throws ReflectiveOperationException, ContextLookupException {
        ClassLoader own = ElytronLookup.class.getClassLoader();
        if (!own.getClass().getName().startsWith(MODULES)) {
            throw new ContextLookupException(
                    "the application does not run in WildFly: it is not one of its modules",
                    "Run it in WildFly, or " + OTHERWISE,
                    null);
        }
        Object module = call(own, "getModule");
        Object modules = call(module, "getModuleLoader");
        Object server = modules.getClass().getMethod("loadModule", String.class).invoke(modules, SERVER);
        return (ClassLoader) call(server, "getClassLoader");
    }

    private static Object call(Object on, String method) throws ReflectiveOperationException {
        return on.getClass().getMethod(method).invoke(on);
    }

    private static ManagedSslContext find(String name, ClassLoader server)
            throws ReflectiveOperationException, ContextLookupException {
        Object services = server.loadClass("org.jboss.as.server.CurrentServiceContainer")
                .getMethod("getServiceContainer")
                .invoke(null);
        Class<?> serviceName = server.loadClass("org.jboss.msc.service.ServiceName");
        Object asked = serviceName.getMethod("parse", String.class).invoke(null, CAPABILITY + name);
        Method registered =
                server.loadClass("org.jboss.msc.service.ServiceRegistry").getMethod("getService", serviceName);
        @Nullable Object service = registered.invoke(services, asked);
        if (service == null) {
            throw new ContextLookupException(
                    "the server's Elytron subsystem has no SSL context '" + name + "'",
                    "Define /subsystem=elytron/server-ssl-context=" + name + " or client-ssl-context=" + name
                            + ", or correct the name",
                    null);
        }
        Method value = server.loadClass("org.jboss.msc.service.ServiceController")
                .getMethod("awaitValue", long.class, TimeUnit.class);
        return new ManagedSslContext((SSLContext) value.invoke(service, START_SECONDS, TimeUnit.SECONDS));
    }
}
