package io.sluice.internal.cli;

import io.sluice.stream.Initargs;
import io.sluice.stream.InstanceCreation;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamConnection;
import io.sluice.stream.StreamInstantiator;

/** Creates streams without a container: only {@link SocketStream} itself, into which nothing is injected. */
final class ContainerlessStreams implements StreamInstantiator {

    ContainerlessStreams() {}

    @Override
    public void check(Class<? extends SocketStream> streamClass, Initargs initargs) {
        if (streamClass != SocketStream.class) {
            throw new IllegalArgumentException("only a container creates " + streamClass.getName());
        }
    }

    @Override
    public <S extends SocketStream> Made<S> make(Class<S> streamClass, StreamConnection connection, Initargs initargs) {
        InstanceCreation creation = InstanceCreation.begin(connection, initargs, streamClass::equals);
        try {
            return new Instance<>(creation.complete(streamClass.cast(new SocketStream())));
        } finally {
            creation.end();
        }
    }

    /** A stream on which nothing depends. */
    private record Instance<S extends SocketStream>(S stream) implements Made<S> {

        @Override
        public void destroy() {
            // Nothing was created for it.
        }

        @Override
        public Active enter() {
            return () -> {};
        }
    }
}
