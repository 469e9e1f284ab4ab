package io.sluice.internal.client;

/**
 * What was opened at one of several addresses.
 *
 * @param value what was opened
 * @param position the position of the address in the list
 * @param <T> its type
 */
record Reached<T>(T value, int position) {}
