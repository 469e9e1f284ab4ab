package io.sluice.it.server.app;

import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamResult;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the creations. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public class CountingDecorator implements SocketStreamCreator {

    static final AtomicInteger SEEN = new AtomicInteger();

    @Inject
    @Any
    @Delegate
    SocketStreamCreator creator;

    @Override
    public <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException {
        SEEN.incrementAndGet();
        return creator.create(socket, streamClass, initargs);
    }
}
