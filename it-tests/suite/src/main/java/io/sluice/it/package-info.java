/** Tests that run on every container: an application starts, and its beans use real sockets. */
@NullMarked
package io.sluice.it;

import org.jspecify.annotations.NullMarked;
