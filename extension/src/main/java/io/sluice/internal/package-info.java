/** Everything that is not API: no type in this package or below it is for applications. */
@NullMarked
package io.sluice.internal;

import org.jspecify.annotations.NullMarked;
