/** The events of Java Flight Recorder. */
@NullMarked
package io.sluice.internal.jfr;

import org.jspecify.annotations.NullMarked;
