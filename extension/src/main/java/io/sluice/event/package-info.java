/** The events of a connection's life: for observers and listeners of the application, and for libraries that report metrics and traces. */
@NullMarked
package io.sluice.event;

import org.jspecify.annotations.NullMarked;
