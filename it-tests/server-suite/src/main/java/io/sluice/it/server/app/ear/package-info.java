/** The classes of the WARs of an EAR. Each WAR has its own copy, and its name in a file. */
@NullMarked
package io.sluice.it.server.app.ear;

import org.jspecify.annotations.NullMarked;
