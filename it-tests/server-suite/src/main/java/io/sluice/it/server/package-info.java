/** The tests that run against every application server. The applications that they deploy are in {@code app}. */
@NullMarked
package io.sluice.it.server;

import org.jspecify.annotations.NullMarked;
