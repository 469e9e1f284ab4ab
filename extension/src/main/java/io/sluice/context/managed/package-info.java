/** Finds the SSL contexts that a server manages: by JNDI, Open Liberty's own interface, WildFly's services. Internal. */
@NullMarked
package io.sluice.context.managed;

import org.jspecify.annotations.NullMarked;
