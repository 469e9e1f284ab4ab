/** Bytes over a raw socket, plaintext or through an SSLEngine. It knows no stream and no container. */
@NullMarked
package io.sluice.internal.transport;

import org.jspecify.annotations.NullMarked;
