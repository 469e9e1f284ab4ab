/** Traces what happens on connections, on the threads where it happens: for the optional jar that makes spans of it. */
@NullMarked
package io.sluice.internal.trace;

import org.jspecify.annotations.NullMarked;
