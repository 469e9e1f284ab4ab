package io.sluice.internal.config;

import io.sluice.server.ServerSettings;
import java.util.Optional;

/**
 * The settings of an endpoint: the attributes of its annotation, overridden by the configuration. Immutable.
 *
 * @param server the settings of its server
 * @param ssl the name of the SSL context; empty if none is set
 * @param timeouts the timeouts of its streams
 */
public record EndpointSettings(ServerSettings server, Optional<String> ssl, StreamTimeouts timeouts) {}
