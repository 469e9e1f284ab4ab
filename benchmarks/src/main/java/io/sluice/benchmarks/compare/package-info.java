/** The comparison of Sluice with the other ways to serve TLS. */
@NullMarked
package io.sluice.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
