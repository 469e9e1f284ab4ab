/** TLS without I/O: the state of one connection, which turns ciphertext into plaintext and back. It has no socket, no lock and no clock. */
@NullMarked
package io.sluice.internal.tls;

import org.jspecify.annotations.NullMarked;
