/** Tests of the command line, mostly as processes of their own. */
@NullMarked
package io.sluice.internal.cli;

import org.jspecify.annotations.NullMarked;
