package io.sluice.context;

import java.util.List;

/**
 * Supplies the keys of a context in place of its {@code key-store}: from a vault, a database, a key management service, ACME or SPIFFE. A
 * bean of this type with the qualifier {@code @SslContext("web")} belongs to the context {@code web}, which then need not be configured at
 * all.
 *
 * <p>What it supplies is checked like configured keys. If a new key cannot be used, the last good one stays in use, and the failure is
 * logged and fired as {@link ContextReloadFailed}. Must be thread-safe.
 */
public interface KeyMaterialSource extends MaterialSource {

    /**
     * Supplies the keys. It is called at each load of the context, and must return soon: until then, the context uses its last good keys.
     *
     * @return the current keys, the preferred one first; at least one
     * @throws Exception if there is none; the message should say what to do
     */
    List<KeyMaterial> keys() throws Exception;
}
