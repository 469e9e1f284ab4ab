/** What the other cdi packages share: beans that an extension adds, and what differs between containers. */
@NullMarked
package io.sluice.internal.cdi.container;

import org.jspecify.annotations.NullMarked;
