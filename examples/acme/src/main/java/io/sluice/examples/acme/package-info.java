/** A context whose certificate comes from an ACME server, which validates the names on the endpoint's own port. */
@NullMarked
package io.sluice.examples.acme;

import org.jspecify.annotations.NullMarked;
