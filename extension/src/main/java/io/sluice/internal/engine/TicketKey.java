package io.sluice.internal.engine;

import io.sluice.internal.settings.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key of a server's tickets (RFC 5077, 4). Each part has 16 bytes. The name is public, because each ticket contains it. */
public final class TicketKey {

    private static final int PART = 16;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] INFO = "io.sluice ticket key 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] name;
    private final byte[] hmac;
    private final byte[] aes;

    private TicketKey(byte[] name, byte[] hmac, byte[] aes) {
        this.name = name;
        this.hmac = hmac;
        this.aes = aes;
    }

    /**
     * Derives a key (HKDF, RFC 5869). Only servers with the same secret and the same policy have the same one.
     *
     * @param secret the configured key, which is never used itself
     * @param policy the digest of everything that servers must have in common to resume each other's sessions
     * @return the key
     */
    static TicketKey derived(byte[] secret, byte[] policy) {
        byte[] extracted = hmac(policy, secret);
        byte[] first = hmac(extracted, INFO, new byte[] {1});
        byte[] second = hmac(extracted, first, INFO, new byte[] {2});
        byte[] name = Arrays.copyOf(first, PART);
        byte[] hmac = Arrays.copyOfRange(first, PART, 2 * PART);
        byte[] aes = Arrays.copyOf(second, PART);
        return new TicketKey(name, hmac, aes);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /**
     * Returns what tells which key sealed a ticket.
     *
     * @return a copy
     */
    public byte[] name() {
        return name.clone();
    }

    /**
     * Returns what authenticates tickets, with HMAC-SHA256.
     *
     * @return a copy
     */
    public byte[] hmac() {
        return hmac.clone();
    }

    /**
     * Returns what encrypts tickets, with AES-128.
     *
     * @return a copy
     */
    public byte[] aes() {
        return aes.clone();
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "key " + Sha256.hex(name).substring(0, 8);
    }
}
