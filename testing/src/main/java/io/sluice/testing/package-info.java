/** Certificates, certificate authorities and sockets for tests. */
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
