/**
 * The checks of MicroProfile Health. Only {@link HealthExtension} is loaded where that API is missing. The checks are annotated, although the
 * extension adds them: Payara asks only an application in which it finds such a class.
 */
@NullMarked
package io.sluice.internal.health;

import org.jspecify.annotations.NullMarked;
