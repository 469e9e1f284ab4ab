package io.sluice.stream;

import io.sluice.internal.transport.Deadline;
import io.sluice.stream.HostLookup.LookUpTimeoutException;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Connects to a host. It tries the addresses in turn, within one deadline that includes the look-up. */
final class Dialer {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final String host;
    private final int port;
    private final Initargs initargs;
    private final Duration limit;

    Dialer(String host, int port, Initargs initargs) {
        if (Objects.requireNonNull(host, "host").isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, but is " + port);
        }
        this.host = host;
        this.port = port;
        this.initargs = initargs;
        this.limit = initargs.get(InitargKey.CONNECT_TIMEOUT, DEFAULT_TIMEOUT);
    }

    /** The host and the port. */
    String target() {
        return host + ":" + port;
    }

    /** Returns a connected socket, which the caller must close. */
    Socket connect(String context) throws SocketStreamException {
        String where = context + ", peer " + target();
        long deadline = System.nanoTime() + (limit.isZero() ? Long.MAX_VALUE / 2 : Deadline.nanos(limit));
        try {
            return connectToOneOf(addresses(deadline), deadline);
        } catch (LookUpTimeoutException e) {
            throw StreamExceptions.of(
                    Kind.CONNECT_TIMEOUT,
                    where,
                    "not connected within " + limit + ", because " + e.getMessage(),
                    "Check the system's resolver and its name servers, or set a longer connectTimeout",
                    e);
        } catch (SocketTimeoutException e) {
            throw StreamExceptions.of(Kind.CONNECT_TIMEOUT, where, "not connected within " + limit, e);
        } catch (LocalAddressException e) {
            throw StreamExceptions.of(Kind.CONNECT_FAILED, where, String.valueOf(e.getMessage()), "", e);
        } catch (UnknownHostException e) {
            throw StreamExceptions.of(
                    Kind.CONNECT_FAILED,
                    where,
                    "there is no host of that name",
                    "Check the name and the system's resolver",
                    e);
        } catch (IOException e) {
            Kind kind = Thread.currentThread().isInterrupted() ? Kind.INTERRUPTED : Kind.CONNECT_FAILED;
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw StreamExceptions.of(kind, where, what, e);
        }
    }

    private List<InetAddress> addresses(long deadline) throws IOException {
        InetAddress[] found =
                isAddress() ? InetAddress.getAllByName(host) : HostLookup.OF_THE_SYSTEM.addresses(host, deadline);
        return initargs.get(InitargKey.ADDRESS_PREFERENCE)
                .orElse(AddressPreference.SYSTEM)
                .ordered(found);
    }

    private boolean isAddress() {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /**
     * Each address gets a share of the remaining time, so that an unresponsive address does not use up the time of the others. The last
     * failure counts: if it is a timeout, the whole attempt has timed out.
     */
    private Socket connectToOneOf(List<InetAddress> addresses, long deadline) throws IOException {
        IOException failure = new UnknownHostException(host);
        for (int i = 0; i < addresses.size(); i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            try {
                return connectTo(new InetSocketAddress(addresses.get(i), port), left / (addresses.size() - i));
            } catch (IOException e) {
                if (i > 0) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
            if (Thread.currentThread().isInterrupted()) {
                break; // On a virtual thread, the interrupt would also fail each further address.
            }
        }
        throw failure;
    }

    private Socket connectTo(InetSocketAddress address, long millis) throws IOException {
        if (millis <= 0) {
            throw new SocketTimeoutException("no time left for " + address);
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(initargs.get(InitargKey.NO_DELAY).orElse(true));
            socket.setKeepAlive(initargs.get(InitargKey.KEEP_ALIVE).orElse(false));
            var local = initargs.get(InitargKey.LOCAL_ADDRESS);
            if (local.isPresent()) {
                bind(socket, local.get());
            }
            socket.connect(address, (int) Math.min(millis, Integer.MAX_VALUE));
            return socket;
        } catch (Throwable t) {
            socket.close();
            throw t;
        }
    }

    private static void bind(Socket socket, InetSocketAddress local) throws LocalAddressException {
        try {
            socket.bind(local);
        } catch (IOException e) {
            throw new LocalAddressException(local, e);
        }
    }

    /** Not a failure of the other side. */
    private static final class LocalAddressException extends IOException {

        private static final long serialVersionUID = 1L;

        LocalAddressException(InetSocketAddress local, IOException cause) {
            super(
                    "cannot connect from the localAddress " + ConnectionLabel.text(local) + ": " + cause.getMessage()
                            + ". Use an address of this machine with a free port, or with port 0",
                    cause);
        }
    }
}
