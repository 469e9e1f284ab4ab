/** Certificates and default configuration, so that the other examples run without set-up. */
@NullMarked
package io.sluice.examples.provision;

import org.jspecify.annotations.NullMarked;
