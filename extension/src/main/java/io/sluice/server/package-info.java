/**
 * A TCP server: accepts connections, serves each on a thread of its own, and ends in order. It knows sockets and streams, and
 * nothing of the container.
 */
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
