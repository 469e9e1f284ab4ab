package io.sluice.examples.records;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Asks the current connection's caller before it lets a call through. */
@Needs(Right.READ) // Any: the value does not bind.
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class Guard {

    @Inject
    Caller caller;

    @AroundInvoke
    Object check(InvocationContext call) throws Exception {
        Needs onMethod = call.getMethod().getAnnotation(Needs.class);
        Needs needs = onMethod == null ? call.getMethod().getDeclaringClass().getAnnotation(Needs.class) : onMethod;
        Right needed = needs.value();
        if (!caller.may(needed)) {
            throw new DeniedException(caller + " may not " + needed);
        }
        return call.proceed();
    }
}
