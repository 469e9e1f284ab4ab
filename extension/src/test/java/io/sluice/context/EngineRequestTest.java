package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class EngineRequestTest {

    @Test
    void eachPartIsKeptWhenAnotherIsAdded() {
        Consumer<SSLContext> ofContext = context -> {};
        Consumer<SSLEngine> ofEngine = engine -> {};
        List<String> alpn = new ArrayList<>(List.of("h2"));
        EngineRequest first = EngineRequest.of(SslSide.CLIENT, "127.0.0.1", 7443);
        EngineRequest request = first.withAlpn(alpn)
                .withServerName("web.example")
                .withContextConfigurer(ofContext)
                .withEngineConfigurer(ofEngine);
        alpn.clear();

        assertThat(request.side()).isEqualTo(SslSide.CLIENT);
        assertThat(request.host()).isEqualTo("127.0.0.1");
        assertThat(request.port()).isEqualTo(7443);
        assertThat(request.alpn()).containsExactly("h2");
        assertThat(request.serverName()).contains("web.example");
        assertThat(request.contextConfigurer()).containsSame(ofContext);
        assertThat(request.engineConfigurer()).containsSame(ofEngine);
        assertThat(request).hasToString("CLIENT engine for 127.0.0.1:7443");
        assertThat(first.alpn()).isEmpty();
    }
}
