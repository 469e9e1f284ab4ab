/** An authority for development, its certificates and their files. */
@NullMarked
package io.sluice.internal.cli.devcert;

import org.jspecify.annotations.NullMarked;
