/** The tests that run on every application server, from outside of it; the applications that they deploy are in {@code app}. */
@NullMarked
package io.sluice.it.server;

import org.jspecify.annotations.NullMarked;
