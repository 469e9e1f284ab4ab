package io.sluice.context;

/**
 * The rule of {@code client-auth.allow} that admits a client, and the name in the client's certificate that it matches. Immutable.
 *
 * <p>If several rules match, it is the first in this order: {@code subject}, {@code uri}, {@code dns}, {@code email}, {@code cn},
 * {@code spki}, {@code ou}; among rules of one kind, the first in the list.
 *
 * @param name the name as it stands in the certificate: a distinguished name (RFC 2253) for {@code subject}, the hash of the key in base64
 *     after {@code sha256/} for {@code spki}, otherwise the name itself
 * @param property the property that contains the rule, such as {@code sluice.ssl.web.client-auth.allow.dns}
 * @param pattern the rule, such as {@code *.devices.example.com}
 */
public record AllowedCaller(String name, String property, String pattern) {}
