/** What named contexts are loaded from: settings and material, a server's contexts, or a bean of the application. */
@NullMarked
package io.sluice.internal.context.source;

import org.jspecify.annotations.NullMarked;
