/** Stream classes as beans, and the calls that create streams. */
@NullMarked
package io.sluice.internal.cdi.stream;

import org.jspecify.annotations.NullMarked;
