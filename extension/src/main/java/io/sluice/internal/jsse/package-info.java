/** What JSSE lacks: complete engine parameters, probes, and names as it needs them. It knows no named context. */
@NullMarked
package io.sluice.internal.jsse;

import org.jspecify.annotations.NullMarked;
