/** Shared by the other cdi packages: beans that an extension adds, and differences between containers. */
@NullMarked
package io.sluice.internal.cdi.container;

import org.jspecify.annotations.NullMarked;
