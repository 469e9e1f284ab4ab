/** Decides by the names in a client's certificate whether it may connect. */
@NullMarked
package io.sluice.internal.caller;

import org.jspecify.annotations.NullMarked;
