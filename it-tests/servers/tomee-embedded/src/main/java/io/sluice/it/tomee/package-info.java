/** TomEE Embedded in a process of its own. */
package io.sluice.it.tomee;
