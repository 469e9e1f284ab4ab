/** What Sluice counts and measures, for the jars that report it: they share the meaning of every number, and differ only in the API. */
@NullMarked
package io.sluice.internal.metrics;

import org.jspecify.annotations.NullMarked;
