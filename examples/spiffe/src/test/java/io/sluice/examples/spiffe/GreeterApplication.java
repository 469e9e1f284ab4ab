package io.sluice.examples.spiffe;

import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The example in a container of its own, on a free port. */
final class GreeterApplication implements Closeable {

    private final Map<String, String> properties;
    private final SeContainer container;

    private GreeterApplication(Map<String, String> properties) {
        this.properties = properties;
        properties.forEach(System::setProperty);
        try {
            container = SeContainerInitializer.newInstance().initialize();
        } catch (RuntimeException e) {
            forget();
            throw e;
        }
    }

    static GreeterApplication start(Path socket, String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "spiffe.socket", "unix:" + socket,
                "spiffe.peers",
                        "spiffe://example.org/greeter,spiffe://example.org/billing,spiffe://partner.example/shop",
                "sluice.endpoint.greeter.port", "0",
                "sluice.endpoint.greeter.address", "127.0.0.1"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new GreeterApplication(properties);
    }

    SeContainer container() {
        return container;
    }

    int port() {
        return container
                .select(SocketServers.class)
                .get()
                .named("greeter")
                .orElseThrow()
                .address()
                .getPort();
    }

    private void forget() {
        properties.keySet().forEach(System::clearProperty);
    }

    @Override
    public void close() {
        container.close();
        forget();
    }
}
