/** Makes the certificate of a client the caller of the application server's security. */
@NullMarked
package io.sluice.internal.security;

import org.jspecify.annotations.NullMarked;
