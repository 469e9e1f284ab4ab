package io.sluice.internal.material;

/** What a store is read for. */
enum StoreUse {
    KEYS,
    /** Certificates are public, so their stores need no password. */
    TRUST
}
