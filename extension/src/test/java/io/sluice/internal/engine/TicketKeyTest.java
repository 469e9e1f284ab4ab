package io.sluice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TicketKeyTest {

    private static byte[] filled(int length, int value) {
        byte[] filled = new byte[length];
        Arrays.fill(filled, (byte) value);
        return filled;
    }

    /** The expected bytes are those of {@code openssl kdf -kdfopt digest:SHA2-256 HKDF}. Nodes of different releases must agree. */
    @Test
    void derivationIsHkdf() {
        TicketKey key = TicketKey.derived(filled(80, 1), filled(32, 2));
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(key.name())).isEqualTo("c47244ca0288754d11519ba65fba54ae");
        assertThat(hex.formatHex(key.hmac())).isEqualTo("317a0074755bac024f9c148252477083");
        assertThat(hex.formatHex(key.aes())).isEqualTo("84f134013dc6b5cac4a3b7d10ae7981e");
    }

    @Test
    void eachPolicyHasItsOwnKey() {
        byte[] secret = filled(48, 1);
        assertThat(TicketKey.derived(secret, filled(32, 2)).name())
                .isEqualTo(TicketKey.derived(secret, filled(32, 2)).name())
                .isNotEqualTo(TicketKey.derived(secret, filled(32, 3)).name())
                .isNotEqualTo(TicketKey.derived(filled(48, 2), filled(32, 2)).name());
    }
}
