/** Finds the objects in PEM and DER data, in whatever form tools write them. It depends on nothing. */
@NullMarked
package io.sluice.internal.pem;

import org.jspecify.annotations.NullMarked;
