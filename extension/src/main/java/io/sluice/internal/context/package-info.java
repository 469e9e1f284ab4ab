/** Named contexts: their loads and reloads, and the JSSE objects that follow a reload. */
@NullMarked
package io.sluice.internal.context;

import org.jspecify.annotations.NullMarked;
