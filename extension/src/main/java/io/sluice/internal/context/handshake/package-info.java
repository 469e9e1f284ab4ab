/** What happens in the handshakes of a configured context: the application's callbacks, the verdicts on peers, and the findings kept for streams. */
@NullMarked
package io.sluice.internal.context.handshake;

import org.jspecify.annotations.NullMarked;
