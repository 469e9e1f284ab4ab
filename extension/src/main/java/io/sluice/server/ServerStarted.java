package io.sluice.server;

/**
 * A server that listens now: fired as an event of each endpoint and each server started from code.
 *
 * @param server the server, whose address has the port that it was given
 */
public record ServerStarted(SocketServer server) {}
