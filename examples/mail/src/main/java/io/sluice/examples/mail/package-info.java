/** Mail over streams that start TLS later: STARTTLS in SMTP (RFC 3207) and in IMAP (RFC 9051, 6.2.1). */
@NullMarked
package io.sluice.examples.mail;

import org.jspecify.annotations.NullMarked;
