package io.sluice.cdi;

import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamResult;
import io.sluice.stream.StreamResult.Opened;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams made on this thread within one call of a creator or connector, interceptors and decorators included. */
final class CreationFrame {

    private static final ThreadLocal<CreationFrame> CURRENT = new ThreadLocal<>();

    private final @Nullable CreationFrame outer = CURRENT.get();
    private final List<SocketStream> made = new ArrayList<>(1);

    private CreationFrame() {}

    static CreationFrame enter() {
        CreationFrame frame = new CreationFrame();
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

    /** Closes the streams made that are not the one handed over. Whether that is one of them. */
    boolean closeAllBut(@Nullable SocketStream handedOver) {
        boolean found = false;
        for (SocketStream stream : made) {
            if (stream == handedOver) {
                found = true;
            } else {
                stream.close();
            }
        }
        return found;
    }
}
