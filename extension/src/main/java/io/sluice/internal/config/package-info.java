/** Reads MicroProfile Config into settings. No other package reads it. */
@NullMarked
package io.sluice.internal.config;

import org.jspecify.annotations.NullMarked;
