package io.sluice.internal.security;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Open Liberty's security. A JAAS login with the certificates asks the user registry, whose certificate map finds the user. The classes
 * are part of the server and are therefore called by reflection.
 *
 * @param doAs {@code WSSubject.doAs}
 * @param chain sets the certificates of a {@code WSX509CertificateChainCallback}
 */
record LibertySecurity(Method doAs, Method chain) implements ServerSecurity {

    private static final String SUBJECT = "com.ibm.websphere.security.auth.WSSubject";
    private static final String CALLBACK = "com.ibm.wsspi.security.auth.callback.WSX509CertificateChainCallback";

    /** The server's own login for applications. */
    private static final String LOGIN = "WSLogin";

    static Optional<ServerSecurity> of(ClassLoader application) {
        try {
            return Optional.of(new LibertySecurity(
                    application.loadClass(SUBJECT).getMethod("doAs", Subject.class, PrivilegedExceptionAction.class),
                    application.loadClass(CALLBACK).getMethod("setX509CertificateChain", X509Certificate[].class)));
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    @Override
    public void runAs(CertifiedCaller caller, Action action) throws Exception {
        PrivilegedExceptionAction<?> code = () -> {
            action.run();
            return "";
        };
        try {
            doAs.invoke(null, login(caller), code);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    private Subject login(CertifiedCaller caller) throws UnknownCallerException {
        try {
            LoginContext login = new LoginContext(LOGIN, new Certificates(caller, chain));
            login.login();
            return login.getSubject();
        } catch (LoginException e) {
            throw new UnknownCallerException(
                    "the user registry does not map '" + caller.subject() + "' to a user (" + e.getMessage() + ")", e);
        }
    }

    private static Exception unwrapped(InvocationTargetException e) {
        Throwable thrown =
                e.getCause() instanceof PrivilegedActionException wrapped ? wrapped.getCause() : e.getCause();
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof Exception exception ? exception : e;
    }

    /** Answers the login's question for certificates. It is asked for a password too, and gives none. */
    private record Certificates(CertifiedCaller caller, Method chain) implements CallbackHandler {

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (chain.getDeclaringClass().isInstance(callback)) {
                    try {
                        chain.invoke(callback, (Object) caller.chain().toArray(X509Certificate[]::new));
                    } catch (ReflectiveOperationException e) {
                        UnsupportedCallbackException thrown = new UnsupportedCallbackException(callback);
                        thrown.initCause(e);
                        throw thrown;
                    }
                }
            }
        }
    }
}
