/** Turns configuration properties into context settings. The only package that reads MicroProfile Config. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
