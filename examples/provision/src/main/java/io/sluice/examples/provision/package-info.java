/** What the examples are lent so that they run with no set-up: certificates made on the spot, and configuration that names them. */
@NullMarked
package io.sluice.examples.provision;

import org.jspecify.annotations.NullMarked;
