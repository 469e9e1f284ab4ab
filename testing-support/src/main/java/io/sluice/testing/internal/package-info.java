/** What only the tests of this project need; not published. */
@NullMarked
package io.sluice.testing.internal;

import org.jspecify.annotations.NullMarked;
