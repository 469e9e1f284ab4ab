/** Parses the PROXY protocol's header, versions 1 and 2. It knows no socket. */
@NullMarked
package io.sluice.internal.proxy;

import org.jspecify.annotations.NullMarked;
