/** The portable extension. */
@NullMarked
package io.sluice.cdi;

import org.jspecify.annotations.NullMarked;
