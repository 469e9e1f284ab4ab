/** Engines of BoringSSL, through Netty. */
@NullMarked
package io.sluice.internal.boringssl;

import org.jspecify.annotations.NullMarked;
