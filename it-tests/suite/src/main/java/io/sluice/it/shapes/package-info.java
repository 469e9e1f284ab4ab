/** Base classes of beans that are in another package. */
@NullMarked
package io.sluice.it.shapes;

import org.jspecify.annotations.NullMarked;
