package io.sluice.it.server.app;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** Methods that require roles, which the server checks. Each returns the caller's name. */
@Stateless
public class GuardedBean {

    @Resource
    private SessionContext session;

    @RolesAllowed("reader")
    public String read() {
        return session.getCallerPrincipal().getName();
    }

    @RolesAllowed("writer")
    public String write() {
        return session.getCallerPrincipal().getName();
    }
}
