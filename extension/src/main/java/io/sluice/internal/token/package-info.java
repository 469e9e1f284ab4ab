/** Keys that stay in tokens (PKCS#11), of security providers that are private to a context. */
@NullMarked
package io.sluice.internal.token;

import org.jspecify.annotations.NullMarked;
