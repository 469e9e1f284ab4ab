/**
 * Turns an open socket into an instance of the application's own stream class, in plaintext or over TLS, within a deadline. The
 * socket is owned from the first step, and closed on every failure.
 */
@NullMarked
package io.sluice.stream;

import org.jspecify.annotations.NullMarked;
