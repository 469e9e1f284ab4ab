package io.sluice.it.support;

import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.net.Socket;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The faults of an application's interceptor or decorator. */
public enum Misbehaviour {
    NONE,
    THROWS_BEFORE,
    THROWS_AFTER,
    NEVER_PROCEEDS,
    RETURNS_NULL,
    RETURNS_NULL_AFTER,
    DROPS_THE_RESULT,
    RETURNS_A_STREAM_OF_ITS_OWN;

    public static final Class<?>[] BEANS = {MeddlingInterceptor.class, MeddlingDecorator.class};
    static final StreamResult<SocketStream> OWN = new StreamResult.Opened<>(new SocketStream());
    static final StreamResult<SocketStream> REFUSED =
            new StreamResult.Failed<>(new SocketStreamException(Kind.APPLICATION, "not today"));

    public static volatile Misbehaviour interceptor = NONE;
    static volatile Misbehaviour decorator = NONE;

    @Nullable
    Object around(Callable<?> creation) throws Exception {
        if (this == THROWS_BEFORE) {
            throw new IllegalStateException("before");
        }
        boolean proceeds = this != NEVER_PROCEEDS && this != RETURNS_NULL;
        Object result = proceeds ? creation.call() : null;
        return switch (this) {
            case THROWS_AFTER -> throw new IllegalStateException("after");
            case NEVER_PROCEEDS, DROPS_THE_RESULT -> REFUSED;
            case RETURNS_A_STREAM_OF_ITS_OWN -> OWN;
            case RETURNS_NULL, RETURNS_NULL_AFTER -> null;
            case NONE, THROWS_BEFORE -> result;
        };
    }

    @StreamCreation
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class MeddlingInterceptor {
        @AroundInvoke
        @Nullable
        Object around(InvocationContext call) throws Exception {
            return interceptor.around(call::proceed);
        }
    }

    @Decorator
    @Priority(Interceptor.Priority.APPLICATION)
    public static class MeddlingDecorator implements SocketStreamCreator {

        @Inject
        @Any
        @Delegate
        SocketStreamCreator creator;

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // a decorator that breaks the rules is what is tried
        public <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
                throws SocketStreamException {
            try {
                return (StreamResult<S>) decorator.around(() -> creator.create(socket, streamClass, initargs));
            } catch (Exception e) {
                throw Fault.<SocketStreamException>asThrown(e);
            }
        }
    }
}
