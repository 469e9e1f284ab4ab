/** Clients that keep connections to servers, and open new ones when these fail. */
@NullMarked
package io.sluice.client;

import org.jspecify.annotations.NullMarked;
