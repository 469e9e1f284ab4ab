package io.sluice.internal.engine;

import io.sluice.internal.settings.ContextSettings;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What the engines of a context are made from.
 *
 * @param settings the settings of the context
 * @param keys chooses the keys; it may exchange them later
 * @param trust checks the peers
 * @param forgetful whether a server may resume a session of which it remembers nothing: no, if it may have accepted a client whose
 *     certificate was not verified, because that must stay known
 * @param tickets the keys of the server's tickets; empty if the engines make them themselves
 */
public record EngineMaterial(
        ContextSettings settings,
        X509ExtendedKeyManager keys,
        TrustManager trust,
        boolean forgetful,
        Optional<TicketKeys> tickets) {}
