/** Explains failed handshakes, and keeps the last ones; counts whom stricter settings would refuse. */
@NullMarked
package io.sluice.internal.journal;

import org.jspecify.annotations.NullMarked;
