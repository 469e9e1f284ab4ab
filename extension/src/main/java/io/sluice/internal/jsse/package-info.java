/** Additions to JSSE: complete engine parameters, probes, and names of peers. It does not know named contexts. */
@NullMarked
package io.sluice.internal.jsse;

import org.jspecify.annotations.NullMarked;
