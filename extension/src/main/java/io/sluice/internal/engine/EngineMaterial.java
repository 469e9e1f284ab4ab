package io.sluice.internal.engine;

import io.sluice.internal.settings.ContextSettings;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What the engines of a context are made from.
 *
 * @param settings the settings of the context
 * @param keys chooses the keys; it may exchange them later
 * @param trust checks the peers
 */
public record EngineMaterial(ContextSettings settings, X509ExtendedKeyManager keys, TrustManager trust) {}
