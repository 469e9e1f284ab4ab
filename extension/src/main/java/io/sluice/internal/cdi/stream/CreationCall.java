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
 * The streams created within one call of a creator or connector, including those of interceptors and decorators: on its thread, and for a
 * connector also on a thread that an interceptor switched to. (The streams of a creator are found by their socket.)
 */
public final class CreationCall {

    private static final ThreadBound<CreationCall> CURRENT = new ThreadBound<>();

    /** Arrays are equal only if identical. Each call has its own array, which is passed on to any other thread. */
    private static final Map<Initarg[], CreationCall> BY_INITARGS = Collections.synchronizedMap(new WeakHashMap<>());

    /** Null after the call. */
    private @Nullable CreationCall outer;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<SocketStream> created = new ArrayList<>(1);

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
     * @param socket a creator's socket, otherwise null
     * @param initargs a connector's initargs in an array that no other call has, otherwise null
     * @param closer closes a stream that is created after the call
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

    /** Registers a stream that Sluice created. */
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
                created.add(stream);
                return;
            }
        } finally {
            lock.unlock();
        }
        closer.accept(stream);
    }

    /** Rejects a second stream over a socket, for interceptors and decorators that proceed twice. */
    public static void refuseSecondStreamOver(Socket socket) {
        CreationCall call = CURRENT.get();
        if (call != null && socket == call.socket && call.hasCreatedAny()) {
            throw new IllegalStateException(
                    "a stream already exists for this socket: an interceptor or decorator of create proceeded twice."
                            + " Proceed only once");
        }
    }

    private boolean hasCreatedAny() {
        lock.lock();
        try {
            return !created.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean hasCreated(@Nullable SocketStream stream) {
        lock.lock();
        try {
            for (SocketStream known : created) {
                if (known == stream) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the call, and returns the streams to close. Streams that are created later are closed immediately. */
    List<SocketStream> complete(@Nullable SocketStream handedOver) {
        lock.lock();
        try {
            completed = true;
            List<SocketStream> others = others(handedOver);
            if (socket == null) {
                created.clear(); // The application may keep the initargs, and so this call.
            }
            return others;
        } finally {
            lock.unlock();
        }
    }

    /** Allocates nothing in the usual case of one stream. */
    @GuardedBy("lock")
    private List<SocketStream> others(@Nullable SocketStream handedOver) {
        if (created.size() == 1 && created.get(0) == handedOver) {
            return List.of();
        }
        return created.stream().filter(stream -> stream != handedOver).toList();
    }
}
