/** The beans of a named context, and where each context comes from. */
@NullMarked
package io.sluice.internal.cdi.context;

import org.jspecify.annotations.NullMarked;
