/** Parses the PROXY protocol's header, versions 1 and 2. Independent of sockets. */
@NullMarked
package io.sluice.internal.proxy;

import org.jspecify.annotations.NullMarked;
