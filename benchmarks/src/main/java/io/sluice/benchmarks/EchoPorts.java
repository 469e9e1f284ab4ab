package io.sluice.benchmarks;

/**
 * Where an echo server listens on loopback.
 *
 * @param tls the port with TLS
 * @param plain the port without
 */
record EchoPorts(int tls, int plain) {

    /** Of the connections that wait to be accepted: no more than Linux has by itself. */
    static final int BACKLOG = 4096;
}
