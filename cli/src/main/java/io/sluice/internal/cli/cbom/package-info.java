/** The inventory of cryptography as a CycloneDX document (CBOM). */
@NullMarked
package io.sluice.internal.cli.cbom;

import org.jspecify.annotations.NullMarked;
