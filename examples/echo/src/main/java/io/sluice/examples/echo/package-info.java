/** The main job from end to end: an echo service over TLS in Weld SE, with a client that tests it. */
package io.sluice.examples.echo;
