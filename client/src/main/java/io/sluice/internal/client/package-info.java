/** How clients open, keep, test, lend and replace their connections. */
@NullMarked
package io.sluice.internal.client;

import org.jspecify.annotations.NullMarked;
