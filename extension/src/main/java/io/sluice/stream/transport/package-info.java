/** Bytes over a raw socket, plain or through an {@code SSLEngine}. Knows no conditions and no CDI. */
@NullMarked
package io.sluice.stream.transport;

import org.jspecify.annotations.NullMarked;
