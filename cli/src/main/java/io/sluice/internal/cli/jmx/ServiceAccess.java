package io.sluice.internal.cli.jmx;

import io.sluice.context.NamedSslContext;
import java.time.Duration;
import java.util.Optional;

/**
 * How a service is asked.
 *
 * @param credentials who asks
 * @param tls the context of the connections to a JMX agent; empty for what the agent wants
 * @param plainRegistry whether the agent's registry has no TLS although the agent has
 * @param timeout how long to wait for the answer
 */
public record ServiceAccess(
        Optional<Credentials> credentials, Optional<NamedSslContext> tls, boolean plainRegistry, Duration timeout) {}
