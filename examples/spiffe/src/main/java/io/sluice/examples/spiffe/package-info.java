/** Keys and trust of a context from the SPIFFE Workload API. */
@NullMarked
package io.sluice.examples.spiffe;

import org.jspecify.annotations.NullMarked;
