package io.sluice.cdi;

import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamResult;
import io.sluice.stream.StreamResult.Opened;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams made on this thread within one call of a creator or connector, interceptors and decorators included. */
final class CreationFrame {

    private static final ThreadLocal<CreationFrame> CURRENT = new ThreadLocal<>();

    private final @Nullable CreationFrame outer = CURRENT.get();
    private final List<SocketStream> made = new ArrayList<>(1);

    private final @Nullable Socket socket;

    private CreationFrame(@Nullable Socket socket) {
        this.socket = socket;
    }

    static CreationFrame enter(@Nullable Socket socket) {
        CreationFrame frame = new CreationFrame(socket);
        CURRENT.set(frame);
        return frame;
    }

    void leave() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** Notes what the library itself made; nothing to note on a thread that an interceptor changed to. */
    static <S extends SocketStream> StreamResult<S> made(StreamResult<S> result) {
        CreationFrame frame = CURRENT.get();
        if (frame != null && result instanceof Opened<S> opened) {
            frame.made.add(opened.value());
        }
        return result;
    }

    /** A socket makes one stream, however often an interceptor or decorator proceeds. */
    static void refuseSecondStreamOver(Socket socket) {
        CreationFrame frame = CURRENT.get();
        if (frame != null && socket == frame.socket && !frame.made.isEmpty()) {
            throw new IllegalStateException(
                    "the socket is a stream already: an interceptor or decorator of create proceeded twice");
        }
    }

    boolean hasMade(@Nullable SocketStream stream) {
        return made.stream().anyMatch(known -> known == stream);
    }

    List<SocketStream> madeBut(@Nullable SocketStream handedOver) {
        return made.stream().filter(stream -> stream != handedOver).toList();
    }
}
