/** The portable extension and its beans, which wire the other packages. Internal: the only package that knows the container. */
@NullMarked
package io.sluice.cdi;

import org.jspecify.annotations.NullMarked;
