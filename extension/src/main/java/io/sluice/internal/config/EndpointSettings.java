package io.sluice.internal.config;

import io.sluice.server.ServerSettings;
import java.util.Optional;

/**
 * What is settled of an endpoint: its attributes with the configuration over them. Immutable.
 *
 * @param server how to listen
 * @param ssl the name of the SSL context; empty where none was said
 * @param timeouts the timeouts of its streams
 */
public record EndpointSettings(ServerSettings server, Optional<String> ssl, StreamTimeouts timeouts) {}
