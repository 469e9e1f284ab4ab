package io.sluice.internal.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar; classes that are not in a jar have none. */
final class CliVersion implements IVersionProvider {

    CliVersion() {}

    /** {@return the version; empty if the classes are not in a jar} */
    static Optional<String> ofJar() {
        return Optional.ofNullable(CliVersion.class.getPackage().getImplementationVersion());
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + ofJar().orElse("(not packaged)")};
    }
}
