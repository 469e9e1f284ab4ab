package io.sluice.config;

/**
 * A property that a source lists under the prefix.
 *
 * @param property the whole name
 * @param context what stands in the place of the context's name
 * @param key what stands behind it; empty if nothing does
 * @param isFromEnvironment whether it may be what a source made of an environment variable, whose true name cannot be told
 */
record ListedKey(String property, String context, String key, boolean isFromEnvironment) {

    boolean isKnown() {
        return ContextKeys.isKnown(key);
    }
}
