package io.sluice.server;

import io.sluice.stream.proxy.ProxyProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How a server listens and ends. Immutable and thread-safe. Made by {@link #named}. */
public final class ServerSettings {

    private final Values values;

    private ServerSettings(Values values) {
        this.values = values;
    }

    /**
     * Settings to begin with: loopback on a free port, a backlog of 128, TCP_NODELAY, as many connections as its threads allow, 10
     * seconds to drain.
     *
     * @param name the server's name
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** {@return the server's name, for messages and for the names of its threads} */
    public String name() {
        return values.name();
    }

    /** {@return where to listen; port 0 selects a free one} */
    public InetSocketAddress address() {
        return values.address();
    }

    /** {@return how many connections may wait to be accepted} */
    public int backlog() {
        return values.backlog();
    }

    /** {@return whether the port can be bound again immediately after its last server} */
    public boolean reuseAddress() {
        return values.reuseAddress();
    }

    /** {@return whether several servers may share the port} */
    public boolean reusePort() {
        return values.reusePort();
    }

    /** {@return whether small writes are sent immediately (TCP_NODELAY)} */
    public boolean noDelay() {
        return values.noDelay();
    }

    /** {@return whether the system probes idle connections} */
    public boolean keepAlive() {
        return values.keepAlive();
    }

    /** {@return the size of a socket's receive buffer in bytes; 0 for the system's} */
    public int receiveBuffer() {
        return values.receiveBuffer();
    }

    /** {@return the size of a socket's send buffer in bytes; 0 for the system's} */
    public int sendBuffer() {
        return values.sendBuffer();
    }

    /** {@return how many connections are served at once; 0 means no limit for virtual threads, and 1,024 for managed and platform threads} */
    public int maxConnections() {
        return values.maxConnections();
    }

    /** {@return what happens to further connections} */
    public WhenFull whenFull() {
        return values.whenFull();
    }

    /** {@return the threads that serve connections} */
    public ThreadKind threads() {
        return values.threads();
    }

    /** {@return how long handlers may take to finish when the server ends; always positive} */
    public Duration drainTimeout() {
        return values.drainTimeout();
    }

    /** {@return the PROXY header that each connection begins with, and the balancers that may send it; empty for none} */
    public Optional<ProxyProtocol> proxyProtocol() {
        return values.proxyProtocol();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@return every setting by its name} */
    @Override
    public String toString() {
        return "ServerSettings" + values.toString().substring("Values".length());
    }

    private record Values(
            String name,
            InetSocketAddress address,
            int backlog,
            boolean reuseAddress,
            boolean reusePort,
            boolean noDelay,
            boolean keepAlive,
            int receiveBuffer,
            int sendBuffer,
            int maxConnections,
            WhenFull whenFull,
            ThreadKind threads,
            Duration drainTimeout,
            Optional<ProxyProtocol> proxyProtocol) {}

    /** Collects settings. Not thread-safe. */
    public static final class Builder {

        private final String name;
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private int backlog = 128;
        private boolean reuseAddress = true;
        private boolean reusePort;
        private boolean noDelay = true;
        private boolean keepAlive;
        private int receiveBuffer;
        private int sendBuffer;
        private int maxConnections;
        private WhenFull whenFull = WhenFull.WAIT;
        private ThreadKind threads = ThreadKind.AUTO;
        private Duration drainTimeout = Duration.ofSeconds(10);
        private Optional<ProxyProtocol> proxyProtocol = Optional.empty();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Where to listen.
         *
         * @param where address and port, 0 for a free one
         * @return this
         */
        public Builder address(InetSocketAddress where) {
            address = Objects.requireNonNull(where, "address");
            return this;
        }

        /**
         * How many connections may wait to be accepted.
         *
         * @param length at least 1
         * @return this
         */
        public Builder backlog(int length) {
            backlog = atLeast(1, length, "backlog");
            return this;
        }

        /**
         * Whether the port can be bound again at once.
         *
         * @param reuse SO_REUSEADDR
         * @return this
         */
        public Builder reuseAddress(boolean reuse) {
            reuseAddress = reuse;
            return this;
        }

        /**
         * Whether several servers may share the port.
         *
         * @param reuse SO_REUSEPORT
         * @return this
         */
        public Builder reusePort(boolean reuse) {
            reusePort = reuse;
            return this;
        }

        /**
         * Whether small writes are sent at once.
         *
         * @param atOnce TCP_NODELAY
         * @return this
         */
        public Builder noDelay(boolean atOnce) {
            noDelay = atOnce;
            return this;
        }

        /**
         * Whether the system probes idle connections.
         *
         * @param probe SO_KEEPALIVE
         * @return this
         */
        public Builder keepAlive(boolean probe) {
            keepAlive = probe;
            return this;
        }

        /**
         * The sizes of a socket's buffers.
         *
         * @param receive bytes, 0 for the system's size
         * @param send bytes, 0 for the system's size
         * @return this
         */
        public Builder buffers(int receive, int send) {
            receiveBuffer = atLeast(0, receive, "receive buffer");
            sendBuffer = atLeast(0, send, "send buffer");
            return this;
        }

        /**
         * How many connections are served at once.
         *
         * @param most the limit, 0 for the default
         * @param further what becomes of further ones
         * @return this
         */
        public Builder maxConnections(int most, WhenFull further) {
            maxConnections = atLeast(0, most, "max-connections");
            whenFull = Objects.requireNonNull(further, "whenFull");
            return this;
        }

        /**
         * What connections are served on.
         *
         * @param kind the kind of threads
         * @return this
         */
        public Builder threads(ThreadKind kind) {
            threads = Objects.requireNonNull(kind, "threads");
            return this;
        }

        /**
         * How long handlers may take to finish when the server ends.
         *
         * @param limit the time, longer than zero: the end of a server is always bounded
         * @return this
         */
        public Builder drainTimeout(Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException("the drain timeout must be longer than zero, but is " + limit);
            }
            drainTimeout = limit;
            return this;
        }

        /**
         * That each connection comes through a balancer and begins with its PROXY header.
         *
         * @param protocol which versions, and the balancers' addresses
         * @return this
         */
        public Builder proxyProtocol(ProxyProtocol protocol) {
            proxyProtocol = Optional.of(protocol);
            return this;
        }

        /**
         * The settings.
         *
         * @return what was collected
         */
        public ServerSettings build() {
            return new ServerSettings(new Values(
                    name,
                    address,
                    backlog,
                    reuseAddress,
                    reusePort,
                    noDelay,
                    keepAlive,
                    receiveBuffer,
                    sendBuffer,
                    maxConnections,
                    whenFull,
                    threads,
                    drainTimeout,
                    proxyProtocol));
        }

        private static int atLeast(int least, int value, String what) {
            if (value < least) {
                throw new IllegalArgumentException(what + " must be at least " + least + ": " + value);
            }
            return value;
        }
    }
}
