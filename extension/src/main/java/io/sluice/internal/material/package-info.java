/** Reads and checks keys, certificates and trust. */
@NullMarked
package io.sluice.internal.material;

import org.jspecify.annotations.NullMarked;
