package io.sluice.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The server that the tests of this JVM run on. Its module describes it in {@code server.properties}. */
final class Server {

    /** A capability that not every server has. */
    enum Capability {
        /** MicroProfile Config. */
        CONFIG,
        /** Enterprise archives. */
        EAR,
        /** Jakarta Concurrency. */
        CONCURRENCY,
        /** A default managed executor that propagates contexts that the application provides. */
        PROPAGATION,
        /** Jakarta Transactions. */
        TRANSACTIONS,
        /** Jakarta Security. */
        SECURITY,
        /** A security in which a certificate can become the caller, with a user of the suite. */
        CALLERS,
        /** TLS contexts of its own that an application can look up. */
        TLS,
        /** A key in the JDK's default context ({@code javax.net.ssl.keyStore}). */
        DEFAULT_KEY,
        /** BoringSSL's native library with Netty's jars, for applications that do not bundle them. */
        BORINGSSL,
        /** MicroProfile Health, with an endpoint of the server's own. */
        HEALTH
    }

    /** The name of a second configuration of the server, in arquillian.xml; empty for the first one. */
    private static final String CONFIGURATION = System.getProperty("arquillian.launch", "");

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

    /** Returns what the description says: for this configuration, or else for all. */
    private Optional<String> value(String key) {
        return Optional.ofNullable(description.getProperty(key + "." + CONFIGURATION))
                .or(() -> Optional.ofNullable(description.getProperty(key)));
    }

    /** Returns the module's {@code target}. */
    Path directory() {
        return directory;
    }

    /** Returns the libraries that every application on this server contains. */
    List<Path> libraries() {
        return list("libraries").flatMap(this::libraries).toList();
    }

    /** Returns the libraries of CDI, for a server without CDI. */
    List<Path> librariesOfCdi() {
        return list("libraries").filter("cdi"::equals).flatMap(this::libraries).toList();
    }

    /** Returns the libraries of an application without SmallRye Config. */
    List<Path> librariesWithoutConfig() {
        return list("libraries")
                .filter(kind -> !kind.equals("config"))
                .flatMap(this::libraries)
                .toList();
    }

    /** Returns the libraries of a kind: {@code sluice}, {@code config}, {@code checks}, {@code cdi}. */
    Stream<Path> libraries(String kind) {
        return files(directory.resolve("libraries").resolve(kind));
    }

    /** Returns the class of the listener that a WAR needs for CDI, or an empty text. */
    String listener() {
        return description.getProperty("listener", "");
    }

    /** Returns the other files of a WAR on this server, such as a vendor's descriptor. */
    Path webapp() {
        return directory.resolveSibling("src/test/webapp");
    }

    /** Returns the further files of a WAR that uses the server's native library. */
    Path sharing() {
        return directory.resolveSibling("src/test/sharing");
    }

    /** Returns the directory into which applications are copied that {@code server.xml} names; empty if Arquillian deploys all. */
    Optional<Path> watched() {
        return Optional.ofNullable(description.getProperty("watched")).map(home()::resolve);
    }

    /** Returns the files that have what marked blocks of docs/engines.md say, by their markers. */
    Map<String, String> recipes() {
        return list("recipes")
                .map(recipe -> recipe.split("=", 2))
                .collect(Collectors.toMap(recipe -> recipe[0], recipe -> withProperties(recipe[1])));
    }

    /** Returns the directory of the server's files. */
    Path home() {
        return Path.of(System.getProperty("server.home"));
    }

    /** Returns the descriptors, on the class path, of a WAR that contains MicroProfile Config. */
    Stream<String> descriptorsOfOwnConfig() {
        return list("own-config");
    }

    /** Returns true if SmallRye Config's CDI extension fails on this server, because its Config is not SmallRye's. */
    boolean refusesSmallRyesExtension() {
        return description.getProperty("bundled-config", "").equals("core");
    }

    /** Returns the directory of its logs, which have what it does not report to the deployer. */
    Path logs() {
        return home().resolve(value("logs").orElseThrow());
    }

    /** Tests whether it logs a warning of every application with Sluice. */
    boolean isKnownWarning(String record) {
        return value("known-warning")
                .filter(known -> Pattern.compile(known).matcher(record).find())
                .isPresent();
    }

    /** Returns the address of its health endpoint. */
    URI health() {
        return URI.create(withProperties(value("health").orElseThrow()));
    }

    /** Returns true if it keeps the class loader of every stopped application, with or without Sluice. */
    boolean keepsEveryLoader() {
        return description.getProperty("loaders-kept", "").equals("all");
    }

    /** Returns the number of class loaders of stopped applications that it may keep. */
    int loadersKept() {
        return Integer.parseInt(description.getProperty("loaders-kept", "0"));
    }

    /** Configures a context that the server manages. */
    Map<String, String> managed(String context, String name) {
        return Map.of("sluice.ssl." + context + ".managed." + description.getProperty("managed"), name);
    }

    /** Returns the PKCS12 store of its own TLS contexts. */
    Path managedStore() {
        return home().resolve(description.getProperty("managed-store"));
    }

    /** Returns the command, in its home, that makes it read the store again; empty if it watches the store. */
    List<String> managedRenewal() {
        return Stream.of(description.getProperty("managed-renewal", "").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Server::withProperties)
                .toList();
    }

    /** Inserts the values of system properties, as in arquillian.xml. */
    private static String withProperties(String text) {
        return Pattern.compile("\\$\\{([^}]+)}")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(System.getProperty(found.group(1))));
    }

    private Stream<String> list(String key) {
        return Stream.of(value(key).orElse("").split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
