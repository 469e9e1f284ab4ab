/** The report of a running application: for JMX and as JSON. */
@NullMarked
package io.sluice.internal.management;

import org.jspecify.annotations.NullMarked;
