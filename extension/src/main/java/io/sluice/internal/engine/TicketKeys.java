package io.sluice.internal.engine;

import java.util.List;

/** The keys of a server's tickets. The first one seals, and all of them open. */
public final class TicketKeys {

    private final List<TicketKey> keys;
    private final byte[] policy;

    private TicketKeys(List<TicketKey> keys, byte[] policy) {
        this.keys = keys;
        this.policy = policy;
    }

    /**
     * Derives the keys from configured ones.
     *
     * @param secrets the configured keys, at least one
     * @param policy the digest of everything that servers must have in common to resume each other's sessions; 32 bytes
     * @return the keys
     */
    public static TicketKeys derived(List<byte[]> secrets, byte[] policy) {
        return new TicketKeys(
                secrets.stream()
                        .map(secret -> TicketKey.derived(secret, policy))
                        .toList(),
                policy.clone());
    }

    /**
     * Returns the keys.
     *
     * @return at least one
     */
    public List<TicketKey> keys() {
        return keys;
    }

    /**
     * Returns the digest of the policy that decides about the keys.
     *
     * @return a copy of 32 bytes
     */
    public byte[] policy() {
        return policy.clone();
    }
}
