package io.sluice.internal.cdi.context;

import io.sluice.context.SslSide;
import io.sluice.internal.cdi.stream.CreationCall;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult;
import jakarta.enterprise.inject.Vetoed;
import java.net.Socket;

/** The creator bean of each context. */
@Vetoed
public class InjectedCreator extends InjectedFactory implements SocketStreamCreator {

    private static final long serialVersionUID = 1L;

    /** For the container. */
    public InjectedCreator() {}

    @Override
    @StreamCreation
    public <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
            throws SocketStreamException {
        CreationCall.refuseSecondStreamOver(socket);
        return CreationCall.register(opening().create(socket, streamClass, defaults(SslSide.SERVER), initargs), null);
    }

    /** The form in which it is serialised: see {@link SerialForm}. */
    protected Object writeReplace() {
        return serialForm(SocketStreamCreator.class, InjectedCreator.class);
    }
}
