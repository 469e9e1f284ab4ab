package io.sluice.cdi;

import io.sluice.context.ContextRegistry;
import io.sluice.stream.OpenStreams;
import io.sluice.stream.StreamOpening;

/**
 * What one container's Sluice consists of.
 *
 * @param contexts the named contexts
 * @param opening the creations
 * @param openStreams the streams that are open
 */
record Sluice(ContextRegistry contexts, StreamOpening opening, OpenStreams openStreams) {}
