package io.sluice.it.server;

import io.sluice.it.server.app.Check;
import io.sluice.it.server.app.CheckServlet;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WARs that are deployed. */
final class Wars {

    static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private Wars() {}

    /** An application without beans of its own but for the checks, with Sluice and what else this server wants bundled. */
    static WebArchive war(String name) {
        return bare(name)
                .addAsLibraries(
                        Server.current().libraries().stream().map(Path::toFile).toArray(java.io.File[]::new));
    }

    /** The same without any library. */
    static WebArchive bare(String name) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(Check.class, CheckServlet.class)
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml");
        Path webapp = Server.current().webapp();
        if (Files.isDirectory(webapp)) {
            Server.files(webapp)
                    .forEach(file -> war.addAsWebResource(
                            file.toFile(), webapp.relativize(file).toString()));
        }
        return war;
    }

    /** The file {@code META-INF/microprofile-config.properties}. */
    static Asset configuration(Map<String, String> properties) {
        Properties all = new Properties();
        all.putAll(properties);
        StringWriter text = new StringWriter();
        try {
            all.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StringAsset(text.toString());
    }
}
