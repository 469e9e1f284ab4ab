/** The deployed beans and endpoints, and the checks that the tests run over HTTP. */
@NullMarked
package io.sluice.it.server.app;

import org.jspecify.annotations.NullMarked;
