package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.StreamFactory.CreationDefaults;
import java.net.Socket;

/** Streams without a container: the connection is passed as a container does. */
public final class TestStreams {

    private TestStreams() {}

    private record Instance<S extends SocketStream>(S stream, Runnable end) implements StreamInstantiator.Made<S> {

        @Override
        public void destroy() {
            end.run();
        }

        @Override
        public Active enter() {
            return () -> {};
        }
    }

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
                InstanceCreation creation = InstanceCreation.begin(connection, initargs, streamClass::equals);
                try {
                    return new Instance<>(streamClass.getConstructor().newInstance(), destroy);
                } finally {
                    creation.end();
                }
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
        StreamFactory opening = new StreamFactory(instances(destroy), open, StreamObserver.NONE);
        return new SocketStreamCreator() {
            @Override
            public <S extends SocketStream> StreamResult<S> create(
                    Socket socket, Class<S> streamClass, Initarg... initargs) throws SocketStreamException {
                return opening.create(socket, streamClass, new CreationDefaults(context, true, side), initargs);
            }
        };
    }
}
