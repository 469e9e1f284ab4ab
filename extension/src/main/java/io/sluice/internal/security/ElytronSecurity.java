package io.sluice.internal.security;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * WildFly's security (Elytron). The name is looked up in the application's security domain, whose realm knows the roles. The domain's
 * classes are part of the server and are therefore called by reflection.
 *
 * @param current {@code SecurityDomain.getCurrent}
 */
record ElytronSecurity(Method current) implements ServerSecurity {

    private static final String DOMAIN = "org.wildfly.security.auth.server.SecurityDomain";

    static Optional<ServerSecurity> of(ClassLoader application) {
        try {
            return Optional.of(new ElytronSecurity(application.loadClass(DOMAIN).getMethod("getCurrent")));
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    @Override
    public void runAs(CertifiedCaller caller, Action action) throws Exception {
        Object identity = identity(caller);
        Callable<?> code = () -> {
            action.run();
            return "";
        };
        invoke(identity.getClass().getMethod("runAs", Callable.class), identity, code);
    }

    /**
     * The realm's identity. The handshake has verified the certificate, so it is only authorized (a login permission), as WildFly's own
     * mechanism CLIENT_CERT does it with {@code skip-certificate-verification}. Without {@code succeed}, the realm would count a failed
     * login, and lock the identity.
     */
    private Object identity(CertifiedCaller caller) throws Exception {
        Object domain = current.invoke(null);
        if (domain == null) {
            throw new IllegalStateException("the application has no security domain of Elytron. Map its security domain"
                    + " to one of Elytron's, in the subsystem undertow or ejb3");
        }
        Principal subject = caller.subject();
        String who = caller.name().orElseGet(subject::getName);
        try (AutoCloseable login = (AutoCloseable) call(domain, "createNewAuthenticationContext")) {
            if (caller.name().isPresent()) {
                invoke(login.getClass().getMethod("setAuthenticationName", String.class), login, who);
            } else {
                invoke(login.getClass().getMethod("setAuthenticationPrincipal", Principal.class), login, subject);
            }
            if (!(boolean) call(login, "exists") || !(boolean) call(login, "authorize")) {
                throw new UnknownCallerException(
                        "the application's security domain does not know '" + who + "', or does not permit its login",
                        null);
            }
            call(login, "succeed");
            return call(login, "getAuthorizedIdentity");
        } catch (IllegalArgumentException e) {
            throw new UnknownCallerException(
                    "the application's security domain cannot decode '" + who + "' (" + e.getMessage() + ")", e);
        }
    }

    private static Object call(Object on, String method) throws Exception {
        return invoke(on.getClass().getMethod(method), on);
    }

    private static Object invoke(Method method, Object on, Object... arguments) throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }
}
