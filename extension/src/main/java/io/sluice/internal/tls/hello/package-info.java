/** The plaintext messages at the start of a TLS handshake, as bytes: what they offer, what was chosen, whether a session was resumed. */
@NullMarked
package io.sluice.internal.tls.hello;

import org.jspecify.annotations.NullMarked;
