/** The report of a running application, through JMX or as JSON. */
@NullMarked
package io.sluice.management;

import org.jspecify.annotations.NullMarked;
