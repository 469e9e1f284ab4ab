/** Reads and checks keys, certificates and trust. */
@NullMarked
package io.sluice.context.material;

import org.jspecify.annotations.NullMarked;
