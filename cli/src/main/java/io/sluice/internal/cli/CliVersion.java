package io.sluice.internal.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar; classes that are not in a jar have none. */
final class CliVersion implements IVersionProvider {

    CliVersion() {}

    @Override
    public String[] getVersion() {
        String version = CliVersion.class.getPackage().getImplementationVersion();
        return new String[] {"sluice " + (version == null ? "(not packaged)" : version)};
    }
}
