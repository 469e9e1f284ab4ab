package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.stream.TlsSession;
import java.security.cert.X509Certificate;

/**
 * What a report says about a session. Neither its identifier nor any key.
 *
 * @param session the session
 */
record SessionFacts(TlsSession session) {

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("protocol", session.protocol());
        json.addProperty("cipherSuite", session.cipherSuite());
        json.addProperty("group", session.group().orElse(null));
        json.addProperty("applicationProtocol", session.applicationProtocol().orElse(null));
        json.addProperty("serverName", session.requestedServerName().orElse(null));
        json.addProperty("engine", session.engineProvider());
        json.addProperty("verification", session.verification().reason());
        json.add(
                "peerCertificates",
                Report.array(session.peerCertificates(), certificate -> new CertificateFacts(certificate).json()));
        json.addProperty(
                "clientCertificate",
                session.localCertificates().stream()
                        .findFirst()
                        .map(SessionFacts::subject)
                        .orElse(null));
        return json;
    }

    void print(Text text) {
        text.field("protocol", session.protocol()).field("cipher suite", session.cipherSuite());
        session.group().ifPresent(group -> text.field("group", group));
        session.applicationProtocol().ifPresent(protocol -> text.field("application protocol", protocol));
        session.requestedServerName().ifPresent(name -> text.field("server name", name));
        text.field("engine", session.engineProvider());
        for (X509Certificate certificate : session.peerCertificates()) {
            CertificateFacts facts = new CertificateFacts(certificate);
            text.field("peer's certificate", facts.subject())
                    .field("  issuer", facts.issuer())
                    .field("  valid until", facts.notAfter().toString())
                    .field("  SHA-256", facts.fingerprint());
        }
        text.field("verification", session.verification().reason());
        text.field(
                "client certificate",
                session.localCertificates().stream()
                        .findFirst()
                        .map(SessionFacts::subject)
                        .orElse("none sent"));
    }

    private static String subject(X509Certificate certificate) {
        return new CertificateFacts(certificate).subject();
    }
}
