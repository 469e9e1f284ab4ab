package io.sluice.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stream.proxy.AddressRange;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.9.9.9/8, 10.0.0.1, true",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 127.0.0.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true"
    })
    void rangeHoldsTheAddressesThatBeginAlike(String range, String address, boolean held) throws Exception {
        assertThat(AddressRange.of(range).contains(InetAddress.getByName(address)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/+8", "/8", "1:2:3", "::1%lo/64"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> AddressRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not an IP address or a range of addresses. Use for example 10.1.2.3,"
                        + " 10.0.0.0/8, ::1 or 2001:db8::/32");
    }

    @Test
    void prefixIsNoLongerThanTheAddress() {
        assertThatThrownBy(() -> AddressRange.of("10.0.0.0/33"))
                .hasMessage("the prefix of 10.0.0.0 must be between 0 and 32, but is 33");
    }

    @Test
    void nobodyIsTrustedUnlessNamed() {
        assertThatThrownBy(() -> ProxyProtocol.from(ProxyVersion.ANY))
                .hasMessage("the PROXY protocol requires the addresses of the trusted balancers, at least one");
    }
}
