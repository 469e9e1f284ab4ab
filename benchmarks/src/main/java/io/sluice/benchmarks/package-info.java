/** What the library costs, measured against the same work written by hand. One command each: see benchmarks/README.md. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
