/** Connects the optional jars that report metrics with the container. */
@NullMarked
package io.sluice.internal.cdi.metrics;

import org.jspecify.annotations.NullMarked;
