/**
 * Turns an open socket into an instance of the application's own stream class: plain or over TLS, within a deadline, with
 * the socket owned from the first step and closed on every failure.
 */
@NullMarked
package io.sluice.stream;

import org.jspecify.annotations.NullMarked;
