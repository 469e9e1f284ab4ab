package io.sluice.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server that the tests of this JVM run on, as its module describes it in {@code server.properties}. */
final class Server {

    /** What not every server has. */
    enum Capability {
        /** MicroProfile Config of its own. */
        CONFIG,
        /** Enterprise archives. */
        EAR,
        /** Jakarta Concurrency. */
        CONCURRENCY,
        /** A default managed executor that takes contexts of the application's own along. */
        PROPAGATION,
        /** Jakarta Transactions. */
        TRANSACTIONS,
        /** Jakarta Security. */
        SECURITY,
        /** TLS contexts of its own that an application can ask for. */
        TLS,
        /** A key in the JDK's default context ({@code javax.net.ssl.keyStore}). */
        DEFAULT_KEY
    }

    private static final Server CURRENT = new Server();

    private final Properties description = new Properties();
    private final Path directory = Path.of(System.getProperty("server.directory"));
    private final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);

    private Server() {
        try (InputStream in = Server.class.getResourceAsStream("/server.properties")) {
            description.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        list("has")
                .map(word -> Capability.valueOf(word.toUpperCase(Locale.ROOT)))
                .forEach(capabilities::add);
    }

    static Server current() {
        return CURRENT;
    }

    boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The module's {@code target}. */
    Path directory() {
        return directory;
    }

    /** The libraries that every application on this server brings. */
    List<Path> libraries() {
        return list("libraries").flatMap(this::libraries).toList();
    }

    /** Those that make CDI, of a server that has none itself. */
    List<Path> librariesOfCdi() {
        return list("libraries").filter("cdi"::equals).flatMap(this::libraries).toList();
    }

    /** Those of an application that forgot SmallRye Config. */
    List<Path> librariesWithoutConfig() {
        return list("libraries")
                .filter(kind -> !kind.equals("config"))
                .flatMap(this::libraries)
                .toList();
    }

    /** The libraries of a kind: {@code sluice}, {@code config}, {@code checks}, {@code cdi}. */
    Stream<Path> libraries(String kind) {
        return files(directory.resolve("libraries").resolve(kind));
    }

    /** The class of the listener that a WAR needs for CDI; empty if none. */
    String listener() {
        return description.getProperty("listener", "");
    }

    /** What else a WAR has on this server, such as a vendor's descriptor. */
    Path webapp() {
        return directory.resolveSibling("src/test/webapp");
    }

    /** The server's files. */
    Path home() {
        return Path.of(System.getProperty("server.home"));
    }

    /** The descriptors, on the class path, of a WAR that brings a MicroProfile Config of its own. */
    Stream<String> descriptorsOfOwnConfig() {
        return list("own-config");
    }

    /** Whether SmallRye Config's CDI extension fails on it, because its own Config is not SmallRye's. */
    boolean refusesSmallRyesExtension() {
        return description.getProperty("bundled-config", "").equals("core");
    }

    /** The directory of its logs, in its home: what it does not tell the deployer is there. */
    Path logs() {
        return home().resolve(description.getProperty("logs"));
    }

    /** Whether it keeps the class loader of each application that was stopped, with Sluice or without. */
    boolean keepsEveryLoader() {
        return description.getProperty("loaders-kept", "").equals("all");
    }

    /** How many class loaders of stopped applications it may keep, of however many. */
    int loadersKept() {
        return Integer.parseInt(description.getProperty("loaders-kept", "0"));
    }

    /** Configures a context to be one of the server's own. */
    Map<String, String> managed(String context, String name) {
        return Map.of("sluice.ssl." + context + ".managed." + description.getProperty("managed"), name);
    }

    /** The PKCS12 store that its own TLS contexts are configured with. */
    Path managedStore() {
        return home().resolve(description.getProperty("managed-store"));
    }

    /** The command, in its home, that has it read that store again; empty if it watches the store itself. */
    List<String> managedRenewal() {
        return Stream.of(description.getProperty("managed-renewal", "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Server::withProperties)
                .toList();
    }

    /** With the values of system properties, as arquillian.xml has them. */
    private static String withProperties(String text) {
        return Pattern.compile("\\$\\{([^}]+)}")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(System.getProperty(found.group(1))));
    }

    private Stream<String> list(String key) {
        return Stream.of(description.getProperty(key, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }

    static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
