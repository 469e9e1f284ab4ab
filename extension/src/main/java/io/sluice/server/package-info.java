/** Servers and endpoints. A server accepts connections, serves each on its own thread, and drains. It does not depend on the container. */
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
