package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.StreamFactory.CreationDefaults;
import java.lang.reflect.Method;
import java.net.Socket;

/** Streams without a container: the connection is injected by reflection, as a container does. */
public final class TestStreams {

    private static final ConnectionActivation NO_SCOPE = () -> () -> {};

    private TestStreams() {}

    /** Creates instances of {@code SocketStream} itself, with an action at the end of each. */
    private static StreamInstantiator instances(Runnable destroy) {
        return new StreamInstantiator() {
            @Override
            public void check(Class<? extends SocketStream> streamClass, Initargs initargs) {
                // The class is always SocketStream.
            }

            @Override
            public <S extends SocketStream> Made<S> make(
                    Class<S> streamClass, StreamConnection connection, Initargs initargs) throws Exception {
                S stream = streamClass.getConstructor().newInstance();
                Method connect = SocketStream.class.getDeclaredMethod("connect", StreamConnection.class);
                connect.setAccessible(true);
                connect.invoke(stream, connection);
                return new Made<>(stream, destroy, NO_SCOPE);
            }
        };
    }

    /** Creates a stream over a connected socket, with a complete handshake unless an initarg says otherwise. */
    public static SocketStream open(Socket socket, SslContextSpecifier context, SslSide side, Initarg... initargs)
            throws SocketStreamException {
        return creator(context, side)
                .create(socket, SocketStream.class, initargs)
                .orElseThrow();
    }

    /** Creates streams with one context. */
    public static SocketStreamCreator creator(SslContextSpecifier context, SslSide side) {
        return creator(new OpenStreams(), () -> {}, context, side);
    }

    /** The same for streams that {@code open} knows, with an action at the end of each. */
    static SocketStreamCreator creator(OpenStreams open, Runnable destroy, SslContextSpecifier context, SslSide side) {
        StreamFactory opening = new StreamFactory(instances(destroy), open);
        return new SocketStreamCreator() {
            @Override
            public <S extends SocketStream> StreamResult<S> create(
                    Socket socket, Class<S> streamClass, Initarg... initargs) throws SocketStreamException {
                return opening.create(socket, streamClass, new CreationDefaults(context, true, side), initargs);
            }
        };
    }
}
