package io.sluice.cdi;

import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult.Opened;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.io.Serializable;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * The outermost interceptor of a creation: whatever an application's interceptors and decorators do, what was not handed
 * over as a stream is closed.
 */
@Interceptor
@StreamCreation
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class CreationGuard implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient SluiceExtension extension;

    /** For the container. It is not vetoed, as other beans here are: a vetoed type is no interceptor. */
    public CreationGuard() {}

    /** A proxy that is serialised brings its interceptors along, and nobody injects into them again. */
    private Object readResolve() {
        extension = SluiceExtension.of(CDI.current().getBeanManager());
        return this;
    }

    @AroundInvoke
    Object guard(InvocationContext call) throws Exception {
        Socket socket = call.getParameters()[0] instanceof Socket given ? given : null;
        CreationFrame frame = CreationFrame.enter();
        try {
            Object result = call.proceed();
            settle(frame, result instanceof Opened<?> opened ? opened.value() : null, socket);
            if (result == null) {
                throw new IllegalStateException(
                        "an interceptor or decorator of " + call.getMethod().getName()
                                + " returned null; the socket is closed. Return Opened or Refused");
            }
            return result;
        } catch (Throwable t) {
            settleAfter(t, frame, socket);
            throw t;
        } finally {
            frame.leave();
        }
    }

    private void settleAfter(Throwable failure, CreationFrame frame, @Nullable Socket socket) {
        try {
            settle(frame, null, socket);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void settle(CreationFrame frame, @Nullable SocketStream handedOver, @Nullable Socket socket)
            throws IOException {
        boolean ours = frame.closeAllBut(handedOver);
        if (ours || handedOver != null && extension.sluice().openStreams().contains(handedOver)) {
            return;
        }
        if (socket != null && !socket.isClosed()) {
            socket.close();
        }
    }
}
