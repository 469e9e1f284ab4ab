/** What the suite needs in addition, if it runs with BoringSSL. */
@NullMarked
package io.sluice.it.boringssl;

import org.jspecify.annotations.NullMarked;
