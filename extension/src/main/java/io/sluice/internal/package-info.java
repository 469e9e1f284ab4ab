/** Everything that is not API. Applications must not use any type in this package or below it. */
@NullMarked
package io.sluice.internal;

import org.jspecify.annotations.NullMarked;
