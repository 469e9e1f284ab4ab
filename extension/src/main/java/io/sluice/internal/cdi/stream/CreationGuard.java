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
 * The outermost interceptor of a creation. Whatever an application's interceptors and decorators do, it closes each socket and stream that
 * is not handed over.
 */
@StreamCreation
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class CreationGuard implements Serializable {

    /**
     * The annotation {@code @Interceptor}, added at registration. If the class itself had it, GlassFish 7 could not inject into it on a
     * thread without a component, which endpoints are started on (NullPointerException in InjectionServicesImpl.aroundInject).
     */
    public static final class Declared extends AnnotationLiteral<Interceptor> implements Interceptor {

        private static final long serialVersionUID = 1L;

        /** For the extension. */
        public Declared() {}
    }

    private static final long serialVersionUID = 1L;

    private transient @Nullable OpenStreams openStreams;

    /** For the container. The class is not vetoed, because a vetoed type cannot be an interceptor. */
    public CreationGuard() {}

    @Inject
    void attach(SluiceRuntime runtime) {
        openStreams = runtime.openStreams();
    }

    /** A serialised proxy contains its interceptors, and no container injects into them again. */
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
                throw new IllegalStateException("an interceptor or decorator of "
                        + call.getMethod().getName() + " returned null; the socket is closed. Return Opened or Failed");
            }
            return result;
        } catch (Throwable t) {
            completeAfter(t, creation, socket);
            throw t;
        } finally {
            creation.leave();
        }
    }

    /** Copies the array, which identifies a connector's call: an application may pass the same one to all calls. */
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
        return Objects.requireNonNull(openStreams, "not created by the container");
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
        creation.complete(handedOver).forEach(open::close);
        if (socket == null || socket.isClosed() || creation.hasCreated(handedOver)) {
            return;
        }
        if (handedOver != null && open.isOver(handedOver, socket)) {
            return; // Created on a thread that an interceptor switched to.
        }
        open.closeOver(socket);
        if (!socket.isClosed()) {
            socket.close();
        }
    }
}
