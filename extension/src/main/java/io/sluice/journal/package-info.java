/** The last failed handshakes, each with its explanation, and the peers that stricter settings would refuse. */
@NullMarked
package io.sluice.journal;

import org.jspecify.annotations.NullMarked;
