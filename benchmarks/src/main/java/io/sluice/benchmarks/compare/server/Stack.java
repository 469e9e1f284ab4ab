package io.sluice.benchmarks.compare.server;

import java.nio.file.Path;

/** The servers that are compared, but nginx. */
public enum Stack {
    /** An SSLSocket, written by hand. */
    SSLSOCKET("SSLSocket"),
    /** The same in another process: how far two runs of one thing differ. */
    SSLSOCKET_AGAIN("SSLSocket again"),
    /** A hand-written loop around the JDK's engine. */
    LOOP_JDK("loop, JDK"),
    /** The same loop around BoringSSL. */
    LOOP_BORINGSSL("loop, BoringSSL"),
    /** Netty with the JDK's engine. */
    NETTY_JDK("Netty, JDK"),
    /** Netty with BoringSSL. */
    NETTY_BORINGSSL("Netty, BoringSSL"),
    /** The library tls-channel, with the JDK's engine. */
    TLS_CHANNEL("tls-channel, JDK"),
    /** An injected creator on accepted sockets. */
    SLUICE_JDK("Sluice, JDK"),
    /** The same with BoringSSL. */
    SLUICE_BORINGSSL("Sluice, BoringSSL"),
    /** The same on virtual threads, with the JDK's engine. */
    SLUICE_JDK_VIRTUAL("Sluice, JDK, virtual threads"),
    /** The same on virtual threads, with BoringSSL. */
    SLUICE_BORINGSSL_VIRTUAL("Sluice, BoringSSL, virtual threads"),
    /** An endpoint on platform threads. */
    ENDPOINT_JDK("endpoint, JDK"),
    /** The same with BoringSSL. */
    ENDPOINT_BORINGSSL("endpoint, BoringSSL"),
    /** An endpoint on virtual threads. */
    ENDPOINT_JDK_VIRTUAL("endpoint, JDK, virtual threads"),
    /** The same with BoringSSL. */
    ENDPOINT_BORINGSSL_VIRTUAL("endpoint, BoringSSL, virtual threads"),
    /** Netty with the JDK's engine and a decoder of messages. */
    NETTY_MESSAGES_JDK("Netty, messages, JDK"),
    /** The same in another process. */
    NETTY_MESSAGES_JDK_AGAIN("Netty, messages, JDK again"),
    /** Netty with BoringSSL and a decoder of messages. */
    NETTY_MESSAGES_BORINGSSL("Netty, messages, BoringSSL"),
    /** An endpoint of messages on platform threads. */
    MESSAGES_JDK("messages, JDK"),
    /** The same with BoringSSL. */
    MESSAGES_BORINGSSL("messages, BoringSSL"),
    /** An endpoint of messages on virtual threads. */
    MESSAGES_JDK_VIRTUAL("messages, JDK, virtual threads"),
    /** The same with BoringSSL. */
    MESSAGES_BORINGSSL_VIRTUAL("messages, BoringSSL, virtual threads");

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final String label;

    Stack(String label) {
        this.label = label;
    }

    /**
     * What it is called in tables.
     *
     * @return the words
     */
    public String label() {
        return label;
    }

    /**
     * Tests whether its engine is BoringSSL.
     *
     * @return whether it is
     */
    public boolean boringSsl() {
        return name().contains("BORINGSSL");
    }

    /**
     * Tests whether it serves messages, and no bulk.
     *
     * @return whether it does
     */
    public boolean messages() {
        return name().contains("MESSAGES");
    }

    /**
     * Tests whether its connections are served by virtual threads.
     *
     * @return whether they are
     */
    public boolean virtual() {
        return name().endsWith("VIRTUAL");
    }

    /**
     * Tests whether a JDK can run it.
     *
     * @param feature the JDK's number
     * @return whether it can
     */
    public boolean runsOn(int feature) {
        return !virtual() || feature >= FIRST_WITH_VIRTUAL_THREADS;
    }

    Ports start(Path directory) throws Exception {
        return switch (this) {
            case SSLSOCKET, SSLSOCKET_AGAIN -> ByHand.start(false, door -> SslSockets.service(door, directory));
            case LOOP_JDK -> ByHand.start(false, door -> LoopService.jdk(door, directory));
            case LOOP_BORINGSSL -> ByHand.start(false, door -> LoopService.boringSsl(door, directory));
            case TLS_CHANNEL -> ByHand.start(false, door -> TlsChannels.service(door, directory));
            case NETTY_JDK, NETTY_MESSAGES_JDK, NETTY_MESSAGES_JDK_AGAIN ->
                NettyServer.start(directory, false, messages());
            case NETTY_BORINGSSL, NETTY_MESSAGES_BORINGSSL -> NettyServer.start(directory, true, messages());
            case MESSAGES_JDK, MESSAGES_JDK_VIRTUAL -> MessageEndpoints.start(directory, false, virtual());
            case MESSAGES_BORINGSSL, MESSAGES_BORINGSSL_VIRTUAL -> MessageEndpoints.start(directory, true, virtual());
            case SLUICE_JDK, SLUICE_JDK_VIRTUAL -> ByHand.start(virtual(), CreatedStreams.services(directory, false));
            case SLUICE_BORINGSSL, SLUICE_BORINGSSL_VIRTUAL ->
                ByHand.start(virtual(), CreatedStreams.services(directory, true));
            case ENDPOINT_JDK, ENDPOINT_JDK_VIRTUAL -> Endpoints.start(directory, false, virtual());
            case ENDPOINT_BORINGSSL, ENDPOINT_BORINGSSL_VIRTUAL -> Endpoints.start(directory, true, virtual());
        };
    }
}
