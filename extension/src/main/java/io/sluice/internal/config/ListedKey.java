package io.sluice.internal.config;

/**
 * A property that a source lists under a prefix.
 *
 * @param property the whole name
 * @param name what stands in the place of the context's or endpoint's name
 * @param key what stands behind it; empty if nothing does
 * @param isFromEnvironment whether it may be what a source made of an environment variable, whose true name cannot be told
 */
record ListedKey(String property, String name, String key, boolean isFromEnvironment) {}
