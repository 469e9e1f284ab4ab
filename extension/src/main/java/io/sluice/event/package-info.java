/** The events of a connection's life: for observers and listeners of the application, and for the libraries of metrics and traces. */
@NullMarked
package io.sluice.event;

import org.jspecify.annotations.NullMarked;
