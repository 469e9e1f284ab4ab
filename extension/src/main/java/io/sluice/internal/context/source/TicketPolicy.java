package io.sluice.internal.context.source;

import io.sluice.internal.engine.TicketKeys;
import io.sluice.internal.material.TicketKeyFile;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the servers must have in common that resume each other's sessions. A server of another name, or one that accepts other clients, would
 * otherwise continue a session whose peer it has not checked. Certificates and keys of servers are no part of it.
 */
final class TicketPolicy {

    private static final String DEFAULT = "default";

    private TicketPolicy() {}

    /** Reads the configured keys. With the JDK's engine they are a problem, whatever the file contains. */
    static List<byte[]> secrets(ContextSettings settings, FilesRead files, Problems problems) {
        return settings.sessions()
                .ticketKeys()
                .filter(keys -> settings.engine().kind() != EngineKind.JDK)
                .map(keys -> TicketKeyFile.read(keys, files, problems))
                .orElse(List.of());
    }

    /**
     * Derives the keys of tickets from the configured ones.
     *
     * @param secrets the configured keys
     * @param identity the trust and the revocation lists
     * @param settings the settings of the server
     * @return the keys; empty if none are configured
     */
    static Optional<TicketKeys> keys(List<byte[]> secrets, SessionIdentity identity, ContextSettings settings) {
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(TicketKeys.derived(secrets, digest(identity, settings)));
    }

    /** Of a text that does not depend on the JVM. The lengths keep two lists from having the same text. */
    private static byte[] digest(SessionIdentity identity, ContextSettings settings) {
        List<List<String>> parts = List.of(
                List.of(settings.name().value()),
                List.of(settings.trustStore().getClass().getSimpleName()),
                identity.trusted(),
                identity.lists(),
                List.of(
                        settings.revocation().kind().name(),
                        String.valueOf(settings.revocation().softFail()),
                        String.valueOf(settings.revocation().onlyEndEntity())),
                List.of(settings.parameters()
                        .clientAuth()
                        .orElse(ClientAuth.NONE)
                        .name()),
                settings.allow().rules().stream()
                        .map(rule -> rule.kind().name() + ' ' + rule.pattern().value())
                        .sorted()
                        .toList(),
                List.of(
                        String.valueOf(settings.sni().refuseMissing().isPresent()),
                        String.valueOf(settings.sni().refuseUnmatched().isPresent())),
                settings.parameters().protocols().map(Setting::list).orElse(List.of(DEFAULT)),
                settings.parameters().cipherSuites().map(Setting::list).orElse(List.of(DEFAULT)));
        String text = parts.stream().map(TicketPolicy::text).collect(Collectors.joining());
        return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<String> part) {
        return part.size()
                + part.stream()
                        .map(element -> ":" + element.length() + ":" + element)
                        .collect(Collectors.joining())
                + ";";
    }
}
