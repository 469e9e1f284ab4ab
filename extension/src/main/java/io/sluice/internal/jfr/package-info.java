/**
 * The events of Java Flight Recorder.
 *
 * <p>The classes of events repeat three fields: if they had a superclass of their own, a recording that begins after they were loaded would
 * miss them (JDK 17).
 */
@NullMarked
package io.sluice.internal.jfr;

import org.jspecify.annotations.NullMarked;
