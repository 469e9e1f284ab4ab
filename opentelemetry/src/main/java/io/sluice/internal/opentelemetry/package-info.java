/** Reports Sluice's metrics, and spans of handshakes and endpoint calls, through OpenTelemetry. */
@NullMarked
package io.sluice.internal.opentelemetry;

import org.jspecify.annotations.NullMarked;
