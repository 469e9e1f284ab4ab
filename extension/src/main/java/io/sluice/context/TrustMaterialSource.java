package io.sluice.context;

import java.security.cert.X509Certificate;
import java.util.Collection;

/**
 * Supplies the trusted certificates of a context in place of its {@code trust-store}. A bean of this type with the qualifier
 * {@code @SslContext("web")} belongs to the context {@code web}, which then need not be configured at all.
 *
 * <p>What it supplies is checked like configured trust. If a new set cannot be used, the last good one stays in use, and the failure is
 * logged and fired as {@link ContextReloadFailed}. Must be thread-safe.
 */
public interface TrustMaterialSource extends MaterialSource {

    /**
     * Supplies the trusted certificates. It is called at each load of the context, and must return soon: until then, the context uses its
     * last good ones.
     *
     * @return the current certificates, in any order; at least one, because a context that trusts no one cannot be made
     * @throws Exception if there is none; the message should say what to do
     */
    Collection<X509Certificate> certificates() throws Exception;
}
