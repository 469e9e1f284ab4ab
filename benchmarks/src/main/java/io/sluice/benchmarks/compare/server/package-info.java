/** The servers of the comparison, each in a JVM of its own. */
@NullMarked
package io.sluice.benchmarks.compare.server;

import org.jspecify.annotations.NullMarked;
