/** SSL contexts: the qualifier, the specifiers, and the named contexts. */
@NullMarked
package io.sluice.context;

import org.jspecify.annotations.NullMarked;
