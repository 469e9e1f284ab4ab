/** Tests that run on every container: an application boots, and its beans meet real sockets. */
@NullMarked
package io.sluice.it;

import org.jspecify.annotations.NullMarked;
