/** Callbacks of a context: beans that choose keys, give passwords and verify peers. */
@NullMarked
package io.sluice.context.callback;

import org.jspecify.annotations.NullMarked;
