package io.sluice.it.server.app;

import io.sluice.stream.Initarg;
import io.sluice.stream.StreamCreation;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the creations and connections, and gives each the initarg {@code greeting}. */
@StreamCreation
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class GreetingInterceptor {

    static final AtomicInteger SEEN = new AtomicInteger();

    @AroundInvoke
    Object greet(InvocationContext call) throws Exception {
        SEEN.incrementAndGet();
        Object[] parameters = call.getParameters();
        int last = parameters.length - 1;
        Initarg[] given = (Initarg[]) parameters[last];
        Initarg[] more = Arrays.copyOf(given, given.length + 1);
        more[given.length] = Initarg.of("greeting", "hello ");
        parameters[last] = more;
        call.setParameters(parameters);
        return call.proceed();
    }
}
