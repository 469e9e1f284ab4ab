package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.stream.Initarg;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult.Opened;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.io.Serializable;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor of a creation: whatever an application's interceptors and decorators do, what was not handed
 * over as a stream is closed.
 */
@StreamCreation
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class CreationGuard implements Serializable {

    /**
     * Declares the class an interceptor where it is registered, not where it stands: GlassFish 7 cannot inject into a class that
     * itself is annotated so on a thread without a component, where endpoints are started (a NullPointerException in
     * InjectionServicesImpl.aroundInject).
     */
    public static final class Declared extends AnnotationLiteral<Interceptor> implements Interceptor {

        private static final long serialVersionUID = 1L;

        /** For the extension. */
        public Declared() {}
    }

    private static final long serialVersionUID = 1L;

    private transient @Nullable OpenStreams openStreams;

    /** For the container. It is not vetoed, as other beans here are: a vetoed type is no interceptor. */
    public CreationGuard() {}

    @Inject
    void attach(SluiceRuntime runtime) {
        openStreams = runtime.openStreams();
    }

    /** A proxy that is serialised brings its interceptors along, and nobody injects into them again. */
    private Object readResolve() {
        attach(SluiceRuntime.of(CDI.current().getBeanManager()));
        return this;
    }

    @AroundInvoke
    Object guard(InvocationContext call) throws Exception {
        Socket socket = call.getParameters()[0] instanceof Socket given ? given : null;
        Initarg @Nullable [] initargs = socket == null ? ownInitargs(call) : null;
        CreationCall creation = CreationCall.enter(socket, initargs, openStreams()::close);
        try {
            Object result = call.proceed();
            complete(creation, result instanceof Opened<?> opened ? opened.stream() : null, socket);
            if (result == null) {
                throw new IllegalStateException(
                        "an interceptor or decorator of " + call.getMethod().getName()
                                + " returned null; the socket is closed. Return Opened or Refused");
            }
            return result;
        } catch (Throwable t) {
            completeAfter(t, creation, socket);
            throw t;
        } finally {
            creation.leave();
        }
    }

    /** An array that no other call has, by which a connector's call is known: an application may give the same one to all. */
    private static Initarg @Nullable [] ownInitargs(InvocationContext call) {
        Object[] parameters = call.getParameters();
        int last = parameters.length - 1;
        if (!(parameters[last] instanceof Initarg[] given)) {
            return null;
        }
        Initarg[] own = given.clone();
        parameters[last] = own;
        call.setParameters(parameters);
        return own;
    }

    private OpenStreams openStreams() {
        return Objects.requireNonNull(openStreams, "not made by the container");
    }

    private void completeAfter(Throwable failure, CreationCall creation, @Nullable Socket socket) {
        try {
            complete(creation, null, socket);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void complete(CreationCall creation, @Nullable SocketStream handedOver, @Nullable Socket socket)
            throws IOException {
        OpenStreams open = openStreams();
        creation.completeWith(handedOver).forEach(open::close);
        if (socket == null || socket.isClosed() || creation.hasCreated(handedOver)) {
            return;
        }
        if (handedOver != null && open.isOver(handedOver, socket)) {
            return; // Made on a thread that an interceptor changed to.
        }
        open.closeOver(socket);
        if (!socket.isClosed()) {
            socket.close();
        }
    }
}
