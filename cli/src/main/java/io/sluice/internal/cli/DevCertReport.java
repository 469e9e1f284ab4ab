package io.sluice.internal.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sluice.internal.cli.devcert.DevelopmentFiles;
import io.sluice.internal.cli.devcert.PemFiles;
import io.sluice.internal.cli.devcert.TrustInstruction;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Which files were made, and how their authority is trusted. Paths of keys, but no key.
 *
 * @param files the files
 * @param isNewAuthority whether the authority was made, and not there before
 * @param authority the authority's certificate
 * @param server the server's certificate
 * @param client the client's certificate, if one was made
 */
record DevCertReport(
        DevelopmentFiles files,
        boolean isNewAuthority,
        X509Certificate authority,
        X509Certificate server,
        Optional<X509Certificate> client)
        implements Report {

    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        JsonObject ofAuthority = json(files.authority(), authority);
        ofAuthority.addProperty("new", isNewAuthority);
        ofAuthority.addProperty("trustStore", files.trustStore().toString());
        json.add("authority", ofAuthority);
        json.add("server", json(files.server(), server));
        client.ifPresent(certificate -> json.add("client", json(files.client(), certificate)));
        json.addProperty("properties", files.properties().toString());
        JsonArray trust = new JsonArray();
        for (TrustInstruction instruction : TrustInstruction.of(files)) {
            JsonObject step = new JsonObject();
            step.addProperty("whom", instruction.whom());
            step.addProperty("step", instruction.step());
            trust.add(step);
        }
        json.add("trust", trust);
        return json;
    }

    private static JsonObject json(PemFiles pair, X509Certificate certificate) {
        JsonObject json = new CertificateFacts(certificate).json();
        json.addProperty("certificateFile", pair.certificate().toString());
        json.addProperty("keyFile", pair.key().toString());
        return json;
    }

    @Override
    public void print(Text text) {
        text.good(
                isNewAuthority ? "new authority:" : "known authority:",
                " " + new CertificateFacts(authority).subject());
        files(text, files.authority());
        text.field("trust store", files.trustStore().toString());
        certificate(text, "server:", files.server(), server);
        client.ifPresent(known -> certificate(text, "client:", files.client(), known));
        text.good("configuration:", " context 'dev'");
        file(text, "properties", files.properties());
        text.line("Keep " + files.authority().key()
                + " to yourself: whoever has it can pose as any server for those who" + " trust the authority.");
        text.line("To trust the authority:");
        TrustInstruction.of(files).forEach(instruction -> text.field(instruction.whom(), instruction.step()));
    }

    private static void certificate(Text text, String label, PemFiles pair, X509Certificate certificate) {
        CertificateFacts facts = new CertificateFacts(certificate);
        text.good(label, " " + String.join(", ", facts.names()));
        files(text, pair);
        text.field("valid until", facts.notAfter().toString());
    }

    private static void files(Text text, PemFiles pair) {
        file(text, "certificate", pair.certificate());
        file(text, "key", pair.key());
    }

    private static void file(Text text, String name, Path file) {
        text.field(name, file.toString());
    }
}
