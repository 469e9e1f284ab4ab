/** The PROXY protocol's header (versions 1 and 2), which a balancer sends before the client's first byte. Independent of sockets. */
@NullMarked
package io.sluice.stream.proxy;

import org.jspecify.annotations.NullMarked;
