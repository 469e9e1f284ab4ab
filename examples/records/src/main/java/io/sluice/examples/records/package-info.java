/** Requests and answers over TLS: records that are read and written by whom their certificate allows it. */
@NullMarked
package io.sluice.examples.records;

import org.jspecify.annotations.NullMarked;
