/** Endpoints: the methods that serve connections, and the servers that call them. */
@NullMarked
package io.sluice.internal.cdi.endpoint;

import org.jspecify.annotations.NullMarked;
