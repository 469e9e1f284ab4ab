/** What a running service says about itself: the document of its MXBean. */
@NullMarked
package io.sluice.internal.cli.document;

import org.jspecify.annotations.NullMarked;
