package io.sluice.benchmarks.compare.server;

import java.util.Locale;

/** The ports of a server, each for one kind of load. */
public enum Door {
    /** Echo, with the EC key. One connection after the other on the accepting thread, where the server has the choice. */
    EC("ec", false),
    /** The same with the RSA key. */
    RSA("rsa", false),
    /** The same with the EC key, and the client has to present a certificate. */
    MUTUAL("ec", false),
    /** Bytes in bulk, with the EC key. */
    BULK("ec", false),
    /** Echo with the EC key for many connections at the same time, each on a thread of its own where the server uses threads. */
    MANY("ec", true),
    /** Echo without TLS. */
    PLAIN("", false);

    private final String key;
    private final boolean concurrent;

    Door(String key, boolean concurrent) {
        this.key = key;
        this.concurrent = concurrent;
    }

    /**
     * Tests whether it speaks TLS.
     *
     * @return whether it does
     */
    public boolean tls() {
        return this != PLAIN;
    }

    /** The name of its key. */
    String key() {
        return key;
    }

    /** Whether its connections are open at the same time. */
    boolean concurrent() {
        return concurrent;
    }

    /** What it does with a connection. */
    Talk talk() {
        return this == BULK ? Talk::bulk : Talk::echo;
    }

    /**
     * Its name in settings and in what a server prints.
     *
     * @return the name in lower case
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
