/** The beans of named contexts, and the source of each context. */
@NullMarked
package io.sluice.internal.cdi.context;

import org.jspecify.annotations.NullMarked;
