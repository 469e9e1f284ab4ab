package io.sluice.server;

import io.sluice.stream.proxy.ProxyProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The settings of a server: how it listens, serves and ends. Immutable and thread-safe. Built by {@link #named}. */
public final class ServerSettings {

    private final Values values;

    private ServerSettings(Values values) {
        this.values = values;
    }

    /**
     * Starts with the defaults: loopback on a free port, a backlog of 128, TCP_NODELAY, as many connections as the threads allow, and a
     * drain timeout of 10 seconds.
     *
     * @param name the server's name
     * @return the builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** {@return the server's name, for messages and for the names of its threads} */
    public String name() {
        return values.name();
    }

    /** {@return the address to listen on; port 0 selects a free one} */
    public InetSocketAddress address() {
        return values.address();
    }

    /** {@return the number of connections that may wait to be accepted} */
    public int backlog() {
        return values.backlog();
    }

    /** {@return true if the port can be bound again immediately after its last server} */
    public boolean reuseAddress() {
        return values.reuseAddress();
    }

    /** {@return true if several servers may share the port} */
    public boolean reusePort() {
        return values.reusePort();
    }

    /** {@return true if small writes are sent immediately (TCP_NODELAY)} */
    public boolean noDelay() {
        return values.noDelay();
    }

    /** {@return true if the system probes idle connections} */
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

    /** {@return the limit of concurrent connections; 0 means no limit for virtual threads, and 1,024 for managed and platform threads} */
    public int maxConnections() {
        return values.maxConnections();
    }

    /**
     * {@return the limit of messages that are handled at the same time, for servers of messages; 0 means no limit for virtual threads, and
     * 200 for managed and platform threads}
     */
    public int maxHandlers() {
        return values.maxHandlers();
    }

    /** {@return the limit of accepted connections per second; 0 for no limit} */
    public int acceptRate() {
        return values.acceptRate();
    }

    /** {@return how many connections may be accepted at once before {@link #acceptRate} limits them; 0 for as many as in one second} */
    public int acceptBurst() {
        return values.acceptBurst();
    }

    /** {@return the treatment of further connections} */
    public WhenFull whenFull() {
        return values.whenFull();
    }

    /** {@return the kind of threads that serve connections} */
    public ThreadKind threads() {
        return values.threads();
    }

    /** {@return the time for handlers to finish when the server ends; always positive} */
    public Duration drainTimeout() {
        return values.drainTimeout();
    }

    /** {@return what happens to open connections when the server's named context is reloaded} */
    public OnRotation onRotation() {
        return values.onRotation();
    }

    /** {@return the PROXY protocol of each connection and the trusted balancers; empty for none} */
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

    /** {@return all settings by name} */
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
            int maxHandlers,
            int acceptRate,
            int acceptBurst,
            WhenFull whenFull,
            ThreadKind threads,
            Duration drainTimeout,
            OnRotation onRotation,
            Optional<ProxyProtocol> proxyProtocol) {}

    /** Builds settings. Not thread-safe. */
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
        private int maxHandlers;
        private int acceptRate;
        private int acceptBurst;
        private WhenFull whenFull = WhenFull.WAIT;
        private ThreadKind threads = ThreadKind.AUTO;
        private Duration drainTimeout = Duration.ofSeconds(10);
        private OnRotation onRotation = OnRotation.KEEP;
        private Optional<ProxyProtocol> proxyProtocol = Optional.empty();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Sets the address to listen on.
         *
         * @param listening address and port; port 0 selects a free one
         * @return this
         */
        public Builder address(InetSocketAddress listening) {
            address = Objects.requireNonNull(listening, "address");
            return this;
        }

        /**
         * Sets the number of connections that may wait to be accepted.
         *
         * @param length at least 1
         * @return this
         */
        public Builder backlog(int length) {
            backlog = atLeast(1, length, "backlog");
            return this;
        }

        /**
         * Sets whether the port can be bound again immediately after its last server.
         *
         * @param reuse SO_REUSEADDR
         * @return this
         */
        public Builder reuseAddress(boolean reuse) {
            reuseAddress = reuse;
            return this;
        }

        /**
         * Sets whether several servers may share the port.
         *
         * @param reuse SO_REUSEPORT
         * @return this
         */
        public Builder reusePort(boolean reuse) {
            reusePort = reuse;
            return this;
        }

        /**
         * Sets whether small writes are sent immediately.
         *
         * @param immediately TCP_NODELAY
         * @return this
         */
        public Builder noDelay(boolean immediately) {
            noDelay = immediately;
            return this;
        }

        /**
         * Sets whether the system probes idle connections.
         *
         * @param probe SO_KEEPALIVE
         * @return this
         */
        public Builder keepAlive(boolean probe) {
            keepAlive = probe;
            return this;
        }

        /**
         * Sets the sizes of a socket's buffers.
         *
         * @param receive bytes; 0 for the system's size
         * @param send bytes; 0 for the system's size
         * @return this
         */
        public Builder buffers(int receive, int send) {
            receiveBuffer = atLeast(0, receive, "receive buffer");
            sendBuffer = atLeast(0, send, "send buffer");
            return this;
        }

        /**
         * Sets the limit of concurrent connections.
         *
         * @param limit the limit; 0 for the default
         * @param further the treatment of further connections
         * @return this
         */
        public Builder maxConnections(int limit, WhenFull further) {
            maxConnections = atLeast(0, limit, "max-connections");
            whenFull = Objects.requireNonNull(further, "whenFull");
            return this;
        }

        /**
         * Sets the limit of messages that are handled at the same time. Further connections with a complete message wait in their order.
         *
         * @param limit the limit; 0 for the default
         * @return this
         */
        public Builder maxHandlers(int limit) {
            maxHandlers = atLeast(0, limit, "max-handlers");
            return this;
        }

        /**
         * Sets the limit of accepted connections per second, from all clients together. Further ones are reset before their handshake.
         *
         * @param perSecond the number of connections per second; 0 for no limit, which is the default
         * @param burst how many connections may come at once after a quiet time; 0 for as many as in one second
         * @return this
         */
        public Builder acceptRate(int perSecond, int burst) {
            acceptRate = atLeast(0, perSecond, "accept-rate");
            acceptBurst = atLeast(0, burst, "accept-burst");
            return this;
        }

        /**
         * Sets the threads that serve connections.
         *
         * @param kind the kind of threads
         * @return this
         */
        public Builder threads(ThreadKind kind) {
            threads = Objects.requireNonNull(kind, "threads");
            return this;
        }

        /**
         * Sets the time for handlers to finish when the server ends.
         *
         * @param limit the time; longer than zero, because the end of a server is always bounded
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
         * Sets what happens to open connections when the server's named context gets a new generation.
         *
         * @param action the action; the default is {@link OnRotation#KEEP}
         * @return this
         */
        public Builder onRotation(OnRotation action) {
            onRotation = Objects.requireNonNull(action, "onRotation");
            return this;
        }

        /**
         * Requires each connection to come through a balancer and to begin with a PROXY header.
         *
         * @param protocol the versions, and the balancers' addresses
         * @return this
         */
        public Builder proxyProtocol(ProxyProtocol protocol) {
            proxyProtocol = Optional.of(protocol);
            return this;
        }

        /**
         * Builds the settings.
         *
         * @return the settings
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
                    maxHandlers,
                    acceptRate,
                    acceptBurst,
                    whenFull,
                    threads,
                    drainTimeout,
                    onRotation,
                    proxyProtocol));
        }

        private static int atLeast(int least, int value, String what) {
            if (value < least) {
                throw new IllegalArgumentException(what + " must be at least " + least + ", but is " + value);
            }
            return value;
        }
    }
}
