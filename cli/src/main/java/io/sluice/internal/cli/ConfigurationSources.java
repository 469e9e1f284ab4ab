package io.sluice.internal.cli;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * Where the configuration comes from, in ascending order: {@code META-INF/microprofile-config.properties} on the class path, the files
 * in the order given, the environment, system properties.
 *
 * @param files properties files
 * @param classPath jars and directories of the application
 */
record ConfigurationSources(List<Path> files, List<Path> classPath) {

    /** Above the 100 of microprofile-config.properties, and far below the 300 of the environment. */
    private static final int FIRST_ORDINAL = 110;

    /** Reads the files. The class path remains that of the thread, because locations may be on it. */
    Config config() throws CommandFailure {
        if (files.isEmpty() && classPath.isEmpty()) {
            throw CommandFailure.usage("no configuration is named. Name a properties file, or an application's jar with"
                    + " --class-path");
        }
        Thread.currentThread().setContextClassLoader(loader());
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultInterceptors().addDefaultSources();
        int ordinal = FIRST_ORDINAL;
        for (Path file : files) {
            builder.withSources(new PropertiesFile(file.toString(), properties(file), ordinal++));
        }
        return builder.build();
    }

    private ClassLoader loader() throws CommandFailure {
        List<URL> urls = new ArrayList<>();
        for (Path entry : classPath) {
            if (!Files.isReadable(entry)) {
                throw CommandFailure.usage(
                        "--class-path: " + entry + " does not exist or cannot be read. Correct the path");
            }
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw CommandFailure.usage("--class-path: " + entry + " cannot be on a class path. Correct the path");
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ConfigurationSources.class.getClassLoader());
    }

    /** A fault of a file is reported without its text, which may contain a password. */
    private static Map<String, String> properties(Path file) throws CommandFailure {
        if (file.toString().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml")) {
            throw CommandFailure.usage(file + " is YAML, which this command does not read. Name a properties file");
        }
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw CommandFailure.usage(file + " cannot be read (" + e.getClass().getSimpleName()
                    + "). Name a properties file in UTF-8 that you may read");
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(file + " contains a malformed \\u escape. Correct it: four hexadecimal digits"
                    + " follow \\u, and a backslash itself is written \\\\");
        }
        Map<String, String> properties = new TreeMap<>();
        read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
        return properties;
    }
}
