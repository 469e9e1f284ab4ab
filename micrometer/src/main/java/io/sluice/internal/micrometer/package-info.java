/** Reports Sluice's metrics through Micrometer. */
@NullMarked
package io.sluice.internal.micrometer;

import org.jspecify.annotations.NullMarked;
