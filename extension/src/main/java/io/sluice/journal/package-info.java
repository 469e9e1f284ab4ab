/** The last failed handshakes, each with what explains it, and what stricter settings would refuse. */
@NullMarked
package io.sluice.journal;

import org.jspecify.annotations.NullMarked;
