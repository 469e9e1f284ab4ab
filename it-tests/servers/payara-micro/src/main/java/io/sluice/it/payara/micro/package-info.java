/** Payara Micro in a process of its own, and how Arquillian drives it. */
package io.sluice.it.payara.micro;
