package io.sluice.internal.cdi.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.StreamResult;
import io.sluice.stream.StreamResult.Opened;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams made within one call of a creator or connector, interceptors and decorators included: on its thread, and for a
 * connector also on one that an interceptor changed to. (A creator's are known by their socket.)
 */
public final class CreationCall {

    private static final ThreadBound<CreationCall> CURRENT = new ThreadBound<>();

    /** An array is what it is, not what it holds; each call has one of its own, which goes along to whatever thread. */
    private static final Map<Initarg[], CreationCall> BY_INITARGS = Collections.synchronizedMap(new WeakHashMap<>());

    /** Null when the call is over. */
    private @Nullable CreationCall outer;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<SocketStream> made = new ArrayList<>(1);

    private final @Nullable Socket socket;
    private final Consumer<SocketStream> closer;

    @GuardedBy("lock")
    private boolean completed;

    private CreationCall(@Nullable Socket socket, Consumer<SocketStream> closer) {
        this.socket = socket;
        this.closer = closer;
    }

    /**
     * Begins a call.
     *
     * @param socket a creator's, else null
     * @param initargs a connector's, in an array that is nobody else's, else null
     * @param closer closes a stream that is made when the call is over
     */
    static CreationCall enter(@Nullable Socket socket, Initarg @Nullable [] initargs, Consumer<SocketStream> closer) {
        CreationCall call = new CreationCall(socket, closer);
        call.outer = CURRENT.bind(call);
        if (initargs != null) {
            BY_INITARGS.put(initargs, call);
        }
        return call;
    }

    void leave() {
        CURRENT.restore(outer);
        outer = null;
    }

    /** Registers what Sluice itself created. */
    public static <S extends SocketStream> StreamResult<S> register(
            StreamResult<S> result, Initarg @Nullable [] initargs) {
        CreationCall known = initargs == null ? null : BY_INITARGS.get(initargs);
        CreationCall call = known == null ? CURRENT.get() : known;
        if (call != null && result instanceof Opened<S> opened) {
            call.add(opened.stream());
        }
        return result;
    }

    private void add(SocketStream stream) {
        lock.lock();
        try {
            if (!completed) {
                made.add(stream);
                return;
            }
        } finally {
            lock.unlock();
        }
        closer.accept(stream);
    }

    /** A socket makes one stream, however often an interceptor or decorator proceeds. */
    public static void refuseSecondStreamOver(Socket socket) {
        CreationCall call = CURRENT.get();
        if (call != null && socket == call.socket && call.hasCreatedAny()) {
            throw new IllegalStateException(
                    "a stream already exists for this socket: an interceptor or decorator of create proceeded twice");
        }
    }

    private boolean hasCreatedAny() {
        lock.lock();
        try {
            return !made.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean hasCreated(@Nullable SocketStream stream) {
        lock.lock();
        try {
            for (SocketStream known : made) {
                if (known == stream) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call: what is made later is closed at once. */
    List<SocketStream> completeWith(@Nullable SocketStream handedOver) {
        lock.lock();
        try {
            completed = true;
            List<SocketStream> others = others(handedOver);
            if (socket == null) {
                made.clear(); // The call may stay for as long as the application keeps the initargs.
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** Of the usual one stream there are none. */
    @GuardedBy("lock")
    private List<SocketStream> others(@Nullable SocketStream handedOver) {
        if (made.size() == 1 && made.get(0) == handedOver) {
            return List.of();
        }
        return made.stream().filter(stream -> stream != handedOver).toList();
    }
}
