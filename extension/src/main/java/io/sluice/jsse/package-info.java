/** Socket factories for libraries and drivers that take only the name of a class. */
@NullMarked
package io.sluice.jsse;

import org.jspecify.annotations.NullMarked;
