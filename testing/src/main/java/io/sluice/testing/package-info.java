/** What tests of several packages need: certificates, connected sockets, and peers that are processes of their own. */
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
