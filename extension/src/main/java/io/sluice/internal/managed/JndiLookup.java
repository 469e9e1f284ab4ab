package io.sluice.internal.managed;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.net.ssl.SSLContext;

/** An SSLContext that is bound in JNDI. */
final class JndiLookup {

    private static final String REMEDY = "Bind a javax.net.ssl.SSLContext there, or correct the name";

    private JndiLookup() {}

    static ManagedSslContext find(String name) throws ContextLookupException {
        Object bound = lookUp(name);
        if (bound instanceof SSLContext context) {
            return new ManagedSslContext(context);
        }
        String what = bound == null ? "null" : "a " + bound.getClass().getName();
        throw new ContextLookupException(
                "the object bound at '" + name + "' is " + what + ", not an SSLContext", REMEDY, null);
    }

    /** A JVM without naming throws a LinkageError. GlassFish throws a RuntimeException for some names on some threads. */
    private static Object lookUp(String name) throws ContextLookupException {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | RuntimeException | LinkageError e) {
            throw new ContextLookupException("nothing is bound at '" + name + "' (" + e + ")", REMEDY, e);
        }
    }
}
