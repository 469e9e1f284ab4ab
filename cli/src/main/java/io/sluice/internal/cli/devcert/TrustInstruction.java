package io.sluice.internal.cli.devcert;

import java.nio.file.Path;
import java.util.List;

/**
 * How something is made to trust the authority.
 *
 * @param whom who then trusts it
 * @param step a command, or what to do in a dialogue
 */
public record TrustInstruction(String whom, String step) {

    /**
     * The instructions for an authority.
     *
     * @param files its files
     * @return an instruction for each operating system, for browsers that have their own trust, for Java, and for programs
     */
    public static List<TrustInstruction> of(DevelopmentFiles files) {
        String certificate = quoted(files.authority().certificate());
        return List.of(
                new TrustInstruction(
                        "Debian, Ubuntu",
                        "sudo cp " + certificate + " /usr/local/share/ca-certificates/sluice-dev.crt"
                                + " && sudo update-ca-certificates"),
                new TrustInstruction(
                        "Fedora, RHEL",
                        "sudo cp " + certificate + " /etc/pki/ca-trust/source/anchors/sluice-dev.pem"
                                + " && sudo update-ca-trust"),
                new TrustInstruction(
                        "macOS",
                        "security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "
                                + certificate),
                new TrustInstruction("Windows", "certutil -user -addstore Root " + certificate),
                new TrustInstruction(
                        "Firefox",
                        "Settings, Privacy & Security, View Certificates, Authorities, Import: " + certificate),
                new TrustInstruction(
                        "Chrome on Linux",
                        "certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n sluice-dev -i " + certificate),
                new TrustInstruction(
                        "Java",
                        "java -Djavax.net.ssl.trustStore=" + quoted(files.trustStore())
                                + " -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword="
                                + DevelopmentFiles.TRUST_STORE_PASSWORD),
                new TrustInstruction("curl", "curl --cacert " + certificate + " https://localhost:8443/"));
    }

    /** For a shell. */
    private static String quoted(Path file) {
        String path = file.toString();
        return path.matches("[A-Za-z0-9_./:\\\\-]+") ? path : "\"" + path + "\"";
    }
}
