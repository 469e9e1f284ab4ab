package io.sluice.it.server.app.ear;

import io.sluice.stream.Assisted;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The same, a bean, with an initarg. */
@Dependent
public class DiscoveredStream extends NamedStream {

    @Inject
    @Assisted("greeting")
    String greeting;

    @Override
    void tell() throws IOException {
        output().write((greeting + " " + name.text()).getBytes(StandardCharsets.UTF_8));
    }
}
