package io.sluice.internal.caller;

/**
 * The rule that admits a client, and the name that it matches.
 *
 * @param name the name in the client's certificate
 * @param property the property that contains the rule
 * @param pattern the rule's pattern
 */
public record CallerMatch(String name, String property, String pattern) {}
