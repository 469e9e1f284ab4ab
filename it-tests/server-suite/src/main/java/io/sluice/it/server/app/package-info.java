/** What is deployed: beans, endpoints, and the checks that the tests ask for by HTTP. */
@NullMarked
package io.sluice.it.server.app;

import org.jspecify.annotations.NullMarked;
