package io.sluice.examples.records;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Checks the rights of the current connection's caller before each call. */
@RequiresRight(Right.READ) // Any value, because it is not binding.
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class RightsInterceptor {

    @Inject
    Caller caller;

    @AroundInvoke
    Object check(InvocationContext call) throws Exception {
        RequiresRight onMethod = call.getMethod().getAnnotation(RequiresRight.class);
        RequiresRight required =
                onMethod == null ? call.getMethod().getDeclaringClass().getAnnotation(RequiresRight.class) : onMethod;
        Right right = required.value();
        if (!caller.may(right)) {
            throw new DeniedException(caller + " may not " + right);
        }
        return call.proceed();
    }
}
