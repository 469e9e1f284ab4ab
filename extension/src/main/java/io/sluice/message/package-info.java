/** Messages over a stream: how bytes are cut into frames, and frames become messages. */
@NullMarked
package io.sluice.message;

import org.jspecify.annotations.NullMarked;
