/** An application server that is a library, in a process of its own, for Arquillian. */
package io.sluice.it.server.process;
