/** The connection scope. */
@NullMarked
package io.sluice.internal.cdi.scope;

import org.jspecify.annotations.NullMarked;
