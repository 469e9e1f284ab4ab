/** Delivers the events of connections to listeners and observers. */
@NullMarked
package io.sluice.internal.cdi.event;

import org.jspecify.annotations.NullMarked;
