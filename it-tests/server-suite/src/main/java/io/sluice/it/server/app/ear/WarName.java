package io.sluice.it.server.app.ear;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A bean of the WAR that is not visible outside of it. */
@ApplicationScoped
public class WarName {

    String text() {
        try (InputStream name = WarName.class.getResourceAsStream("/war-name")) {
            return new String(name.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
