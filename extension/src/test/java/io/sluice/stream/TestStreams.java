package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import java.lang.reflect.Method;
import java.net.Socket;

/** Streams made without a container: the connection is injected by reflection, as a container does it. */
final class TestStreams {

    private static final ConnectionActivation NO_SCOPE = () -> () -> {};

    private static final StreamOpening OPENING = new StreamOpening(
            new StreamInstances() {
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
                    return new Made<>(stream, () -> {}, NO_SCOPE);
                }
            },
            new OpenStreams());

    private TestStreams() {}

    static SocketStream open(Socket socket, SslContextSpecifier context, SslSide side, Initarg... initargs)
            throws SocketStreamException {
        return OPENING.create(socket, SocketStream.class, new CreationDefaults(context, true, side), initargs)
                .orElseThrow();
    }
}
