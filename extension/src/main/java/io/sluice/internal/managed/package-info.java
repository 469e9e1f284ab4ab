/** Looks up the SSL contexts that an application server manages: in JNDI, Open Liberty and WildFly. */
@NullMarked
package io.sluice.internal.managed;

import org.jspecify.annotations.NullMarked;
