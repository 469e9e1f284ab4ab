package io.sluice.internal.managed;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * An {@code <ssl>} of Open Liberty. It is looked up with {@code com.ibm.websphere.ssl.JSSEHelper}, which is part of the server and
 * therefore called by reflection.
 */
final class LibertyLookup {

    private static final String API = "com.ibm.websphere.ssl.JSSEHelper";
    private static final String LISTENER = "com.ibm.websphere.ssl.SSLConfigChangeListener";

    private LibertyLookup() {}

    static ManagedSslContext find(String id) throws ContextLookupException {
        try {
            Class<?> api = loaded(API);
            Class<?> listener = loaded(LISTENER);
            Object server = api.getMethod("getInstance").invoke(null);
            SSLContext context =
                    (SSLContext) api.getMethod("getSSLContext", String.class, Map.class, listener, boolean.class)
                            .invoke(server, id, null, null, false);
            Properties properties =
                    (Properties) api.getMethod("getProperties", String.class, Map.class, listener, boolean.class)
                            .invoke(server, id, null, null, false);
            // There are no properties if the <ssl> was removed in the meantime.
            return new ManagedSslContext(
                    context,
                    parameters(context, properties == null ? new Properties() : properties),
                    new Renewal(id, context)::isDone);
        } catch (ClassNotFoundException e) {
            throw new ContextLookupException(
                    "the application does not run in Open Liberty with TLS (" + API + " is missing)",
                    "In server.xml add the feature transportSecurity-1.0, or configure keys and trust for the context",
                    e);
        } catch (InvocationTargetException e) {
            throw new ContextLookupException(
                    "the server has no usable <ssl id=\"" + id + "\"> (" + e.getCause() + ")",
                    "Define it in server.xml, with the key store that it names, or correct the id",
                    e);
        } catch (ReflectiveOperationException e) {
            throw new ContextLookupException(
                    "this Open Liberty's " + API + " is not a version that Sluice knows (" + e + ")",
                    "Configure keys and trust for the context",
                    e);
        }
    }

    /** The application's class loader sees the class on every thread. */
    private static Class<?> loaded(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }

    /** Liberty's contexts do not hold the client authentication and suites of the {@code <ssl>}. Each of its channels applies them. */
    private static SSLParameters parameters(SSLContext context, Properties properties) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (is(properties, "com.ibm.ssl.clientAuthentication")) {
            parameters.setNeedClientAuth(true);
        } else if (is(properties, "com.ibm.ssl.clientAuthenticationSupported")) {
            parameters.setWantClientAuth(true);
        }
        String[] suites = Stream.of(properties.getProperty("com.ibm.ssl.enabledCipherSuites", ""))
                .flatMap(list -> Arrays.stream(list.split("[\\s,]+")))
                .filter(suite -> !suite.isEmpty())
                .toArray(String[]::new);
        if (suites.length > 0) {
            parameters.setCipherSuites(suites);
        }
        return parameters;
    }

    private static boolean is(Properties properties, String key) {
        return Boolean.parseBoolean(properties.getProperty(key));
    }

    /**
     * Liberty makes a new context if a store or an {@code <ssl>} has changed. This looks for it at most once a second. If there is none
     * any more, loading reports why.
     */
    private record Renewal(String id, SSLContext given, AtomicLong nextLook) {

        private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

        Renewal(String id, SSLContext given) {
            this(id, given, new AtomicLong(System.nanoTime() + PERIOD_NANOS));
        }

        boolean isDone() {
            long due = nextLook.get();
            long now = System.nanoTime();
            if (now - due < 0 || !nextLook.compareAndSet(due, now + PERIOD_NANOS)) {
                return false;
            }
            try {
                return find(id).context() != given;
            } catch (ContextLookupException | RuntimeException e) {
                return true;
            }
        }
    }
}
