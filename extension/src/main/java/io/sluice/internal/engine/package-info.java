/** The engines behind the connections that Sluice makes: the JDK's, a JSSE provider's, or one of another jar of Sluice. */
@NullMarked
package io.sluice.internal.engine;

import org.jspecify.annotations.NullMarked;
