/** The page about a running service, for browsers. */
@NullMarked
package io.sluice.internal.cli.page;

import org.jspecify.annotations.NullMarked;
