/** The command line: one class for each command, and one for what it reports. */
@NullMarked
package io.sluice.internal.cli;

import org.jspecify.annotations.NullMarked;
