/** The settings of a context as plain data, where each value came from, and the problems found in them. */
@NullMarked
package io.sluice.internal.settings;

import org.jspecify.annotations.NullMarked;
