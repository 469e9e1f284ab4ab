/** The checks of MicroProfile Health. Only {@link HealthExtension} is loaded where that API is missing. */
@NullMarked
package io.sluice.internal.health;

import org.jspecify.annotations.NullMarked;
