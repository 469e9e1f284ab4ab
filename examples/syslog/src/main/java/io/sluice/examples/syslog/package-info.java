/** A collector of syslog messages over TLS: RFC 5425's frames, RFC 5424's messages. */
@NullMarked
package io.sluice.examples.syslog;

import org.jspecify.annotations.NullMarked;
