/** SSL contexts: the qualifier, the specifiers, the named contexts, and their events. */
@NullMarked
package io.sluice.context;

import org.jspecify.annotations.NullMarked;
