/** Collects what the container discovers, and wires one application. */
@NullMarked
package io.sluice.internal.cdi;

import org.jspecify.annotations.NullMarked;
