package io.sluice.it.support;

import io.sluice.stream.SocketStream;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stream classes that fail at a chosen step, and classes that are not stream classes. */
public final class FaultyStreams {

    public static final Class<?>[] BEANS = {Part.class, Discovered.class, Intercepted.class, TouchedInterceptor.class};

    private FaultyStreams() {}

    @Dependent
    public static class Part {
        @PostConstruct
        void begin() {
            Fault.at(Fault.Step.DEPENDENT);
            Lifecycle.PARTS_MADE.incrementAndGet();
        }

        @PreDestroy
        void end() {
            Lifecycle.PARTS_DESTROYED.incrementAndGet();
        }
    }

    @Dependent
    public static class Discovered extends SocketStream {

        public Discovered() {}

        @Inject
        public Discovered(Part part) {
            Fault.at(Fault.Step.CONSTRUCTOR);
        }

        @Inject
        void initialize(Part part) {
            Fault.at(Fault.Step.INITIALIZER);
        }

        @PostConstruct
        void begin() {
            Fault.at(Fault.Step.POST_CONSTRUCT);
            Lifecycle.STREAMS_CONSTRUCTED.incrementAndGet();
        }

        @PreDestroy
        void end() {
            Lifecycle.STREAMS_DESTROYED.incrementAndGet();
        }
    }

    public static class Undiscovered extends Discovered {
        @Inject
        Undiscovered(Part part) {
            super(part);
        }
    }

    @Touched
    @Dependent
    public static class Intercepted extends Discovered {
        Intercepted() {}

        @Inject
        Intercepted(Part part) {
            super(part);
        }
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Touched {}

    @Touched
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class TouchedInterceptor {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    @Touched
    public static final class FinalIntercepted extends SocketStream {}

    public interface NoClass {}

    public abstract static class Abstract extends SocketStream {}

    private static class Private extends SocketStream {}

    public class Inner extends SocketStream {}

    @ApplicationScoped
    public static class NormalScoped extends SocketStream {}

    public static class NotMakeable extends SocketStream {
        NotMakeable(String notInjected) {}
    }

    interface Unknown {}

    public static class Unsatisfied extends SocketStream {
        @Inject
        Unknown unknown;
    }

    public static Class<? extends SocketStream> privateClass() {
        return Private.class;
    }

    @SuppressWarnings("unchecked") // that is the caller's mistake that is tried
    public static Class<? extends SocketStream> unchecked(Class<?> any) {
        return (Class<? extends SocketStream>) any;
    }
}
