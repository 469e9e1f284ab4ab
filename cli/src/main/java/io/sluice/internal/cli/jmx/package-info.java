/** Finds a running service through JMX, and asks its MXBean. */
@NullMarked
package io.sluice.internal.cli.jmx;

import org.jspecify.annotations.NullMarked;
