package io.sluice.internal.cdi.context;

import io.sluice.context.SslSide;
import io.sluice.internal.cdi.stream.CreationCall;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult;
import jakarta.enterprise.inject.Vetoed;

/** The connector bean of each context. */
@Vetoed
public class InjectedConnector extends InjectedFactory implements SocketStreamConnector {

    private static final long serialVersionUID = 1L;

    /** For the container. */
    public InjectedConnector() {}

    @Override
    @StreamCreation
    public <S extends SocketStream> StreamResult<S> open(
            String host, int port, Class<S> streamClass, Initarg... initargs) throws SocketStreamException {
        return CreationCall.register(
                opening().connect(host, port, streamClass, defaults(SslSide.CLIENT), initargs), initargs);
    }

    /** The form in which it is serialised: see {@link SerialForm}. */
    protected Object writeReplace() {
        return serialForm(SocketStreamConnector.class, InjectedConnector.class);
    }
}
