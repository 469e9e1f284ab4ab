package io.sluice.internal.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that name the configuration of an application. */
final class ConfigurationOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file. Later ones override earlier ones; the environment overrides all.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = "Jars and directories of the application, for classpath: locations and its own"
                    + " META-INF/microprofile-config.properties.")
    private String classPath = "";

    ConfigurationOptions() {}

    /** The application that these options and more files configure. */
    ConfiguredApplication application(List<Path> more) throws CommandFailure {
        List<Path> all = new ArrayList<>(more);
        all.addAll(files);
        List<Path> entries = Stream.of(classPath.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return ConfiguredApplication.of(new ConfigurationSources(all, entries).config());
    }
}
