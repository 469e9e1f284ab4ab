package io.sluice.internal.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.context.NamedSslContext;
import io.sluice.internal.cli.cbom.CryptoInventory;
import io.sluice.internal.cli.document.ServiceDocument;
import io.sluice.internal.context.ContextRegistry.Invalid;
import io.sluice.internal.tls.hello.HandshakeMessages;
import io.sluice.internal.tls.hello.PeerHello;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The cryptography that a configuration permits. */
final class ConfiguredInventory {

    private static final int RECORD_HEADER = 5;

    /** Not a cipher suite, but a signal in the list of them (RFC 5746). */
    private static final String SIGNAL = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";

    private ConfiguredInventory() {}

    /** Loads all contexts. If one cannot be loaded, the inventory would be incomplete, so there is none. */
    static CryptoInventory of(ConfiguredApplication application, String name) throws CommandFailure {
        List<Invalid> invalid = application.contexts().validate();
        if (!invalid.isEmpty()) {
            throw CommandFailure.unanswered("the configuration cannot be used:"
                    + invalid.stream()
                            .flatMap(context -> Finding.of(context.cause()).stream())
                            .map(finding -> System.lineSeparator() + "error: " + finding.message())
                            .collect(Collectors.joining()));
        }
        JsonArray described = new JsonArray();
        List<CryptoInventory.Context> contexts = new ArrayList<>();
        for (String context : application.contextNames()) {
            described.add(json(application.contexts().describe(context)));
            contexts.add(offered(application.contexts().get(context)));
        }
        JsonObject document = new JsonObject();
        document.add("contexts", described);
        return new CryptoInventory(
                name,
                false,
                Instant.now(),
                contexts,
                ServiceDocument.parse(document.toString()).certificates(),
                application.managedNames());
    }

    private static JsonObject json(ContextDescription context) {
        JsonObject json = new JsonObject();
        json.addProperty("name", context.name());
        json.add("keys", Report.array(context.keys(), key -> {
            JsonObject described = new JsonObject();
            described.add("chain", Report.array(key.chain(), ConfiguredInventory::json));
            return described;
        }));
        json.add("trust", Report.array(context.trustAnchors(), ConfiguredInventory::json));
        return json;
    }

    private static JsonObject json(CertificateDescription described) {
        X509Certificate certificate = described.certificate();
        JsonObject json = new CertificateFacts(certificate).json();
        json.addProperty("source", described.source());
        json.addProperty("keyAlgorithm", certificate.getPublicKey().getAlgorithm());
        json.addProperty("keyBits", bits(certificate.getPublicKey()));
        json.addProperty("signatureAlgorithm", certificate.getSigAlgName());
        return json;
    }

    private static int bits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        return key instanceof ECKey ec ? ec.getParams().getOrder().bitLength() : 0;
    }

    /** Engines know names that they do not use. What counts is what a client with this context offers. */
    private static CryptoInventory.Context offered(NamedSslContext context) throws CommandFailure {
        SSLEngine engine = context.sslContext().createSSLEngine("inventory.invalid", 1);
        engine.setUseClientMode(true);
        Optional<PeerHello> hello = hello(engine, context);
        return new CryptoInventory.Context(
                context.name(),
                sorted(List.of(engine.getEnabledProtocols())),
                sorted(Stream.of(engine.getEnabledCipherSuites())
                        .filter(suite -> !suite.equals(SIGNAL))
                        .toList()),
                sorted(hello.map(PeerHello::groups).orElse(List.of())),
                sorted(hello.map(PeerHello::signatureSchemes).orElse(List.of())));
    }

    private static Optional<PeerHello> hello(SSLEngine engine, NamedSslContext context) throws CommandFailure {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        try {
            engine.wrap(ByteBuffer.allocate(0), record);
        } catch (SSLException e) {
            throw CommandFailure.unanswered(
                    context.description() + " cannot begin a handshake (" + e.getMessage() + "). Run 'sluice check'");
        }
        HandshakeMessages messages = new HandshakeMessages();
        messages.add(record.flip().position(RECORD_HEADER));
        return PeerHello.in(messages);
    }

    private static Set<String> sorted(Collection<String> names) {
        return new TreeSet<>(names);
    }
}
