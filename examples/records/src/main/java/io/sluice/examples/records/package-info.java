/** Requests and answers over TLS: client certificates decide who may read and write records. */
@NullMarked
package io.sluice.examples.records;

import org.jspecify.annotations.NullMarked;
