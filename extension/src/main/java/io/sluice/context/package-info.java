/** What an SSL context is: its qualifier, its specifiers, and its material. The first package of the flow; it touches JSSE. */
@NullMarked
package io.sluice.context;

import org.jspecify.annotations.NullMarked;
