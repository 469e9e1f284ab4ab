/** What the WARs of an EAR are made of: each has its own copy, and its name in a file. */
@NullMarked
package io.sluice.it.server.app.ear;

import org.jspecify.annotations.NullMarked;
