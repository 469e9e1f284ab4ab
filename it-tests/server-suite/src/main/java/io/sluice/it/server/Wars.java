package io.sluice.it.server;

import io.sluice.it.server.app.ApplicationLoaders;
import io.sluice.it.server.app.ApplicationLoadersMBean;
import io.sluice.it.server.app.Check;
import io.sluice.it.server.app.CheckName;
import io.sluice.it.server.app.CheckServlet;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WARs for this server. */
final class Wars {

    static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">%s</beans>
            """;

    private static final String WEB = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                %s
                <env-entry>
                    <env-entry-name>greeting</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>hello</env-entry-value>
                </env-entry>
            </web-app>
            """;

    private Wars() {}

    /** An application with Sluice, the other libraries that this server needs, and a configuration. */
    static WebArchive war(String name, Map<String, String> configuration) {
        return withCdi(name, Server.current().libraries()).addAsResource(configuration(configuration), CONFIGURATION);
    }

    /** An application that answers checks, with some libraries. */
    static WebArchive withCdi(String name, List<Path> libraries) {
        WebArchive war = plain(name)
                .addClasses(Check.class, CheckName.class, CheckName.Literal.class, CheckServlet.class)
                .addClasses(ApplicationLoaders.class, ApplicationLoadersMBean.class)
                .addAsLibraries(libraries.stream().map(Path::toFile).toArray(File[]::new))
                .addAsWebInfResource(beans(), "beans.xml");
        String listener = Server.current().listener();
        return war.setWebXML(new StringAsset(WEB.formatted(
                listener.isEmpty() ? "" : "<listener><listener-class>" + listener + "</listener-class></listener>")));
    }

    /** A WAR that contains only what this server needs in every WAR. */
    static WebArchive plain(String name) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war");
        return with(Server.current().webapp(), war);
    }

    /** Adds the files of a directory, if it is there. */
    static WebArchive with(Path directory, WebArchive war) {
        if (Files.isDirectory(directory)) {
            Server.files(directory)
                    .forEach(file -> war.addAsWebResource(
                            file.toFile(), directory.relativize(file).toString()));
        }
        return war;
    }

    /** A {@code beans.xml} that excludes some classes from discovery. */
    static Asset beans(Class<?>... left) {
        StringBuilder excluded = new StringBuilder();
        for (Class<?> type : left) {
            excluded.append("<exclude name=\"").append(type.getName()).append("\"/>");
        }
        return new StringAsset(BEANS.formatted(left.length == 0 ? "" : "<scan>" + excluded + "</scan>"));
    }

    /** A file of properties. */
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
