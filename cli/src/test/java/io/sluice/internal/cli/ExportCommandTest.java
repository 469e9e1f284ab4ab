package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice export}, judged by the schema of CycloneDX. */
class ExportCommandTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Authority");

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws Exception {
        Files.writeString(directory.resolve("authority.crt"), AUTHORITY.pem());
        AUTHORITY.issue("web.test").write(directory, "web");
        AUTHORITY.issue(CertificateProfile.of("queue").forClients()).write(directory, "queue");
        Files.write(
                directory.resolve("app.properties"),
                List.of(
                        "sluice.ssl.web.key-store.pem.0.cert=web.crt",
                        "sluice.ssl.web.key-store.pem.0.key=web.key",
                        "sluice.ssl.web.protocols=TLSv1.3,TLSv1.2",
                        "sluice.ssl.web.cipher-suites=TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "sluice.ssl.queue.protocols=TLSv1.3",
                        "sluice.ssl.queue.key-store.pem.0.cert=queue.crt",
                        "sluice.ssl.queue.key-store.pem.0.key=queue.key",
                        "sluice.ssl.queue.trust-store.pem.certs=authority.crt"));
    }

    private Result export(String... arguments) throws Exception {
        return Cli.in(directory).run(arguments);
    }

    private JsonObject written(String file) throws Exception {
        return com.google.gson.JsonParser.parseString(Files.readString(directory.resolve(file)))
                .getAsJsonObject();
    }

    private static List<JsonObject> assets(JsonObject bom, String type) {
        return StreamSupport.stream(bom.getAsJsonArray("components").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(component -> component
                        .getAsJsonObject("cryptoProperties")
                        .get("assetType")
                        .getAsString()
                        .equals(type))
                .toList();
    }

    private static List<String> names(List<JsonObject> components) {
        return components.stream()
                .map(component -> component.get("name").getAsString())
                .toList();
    }

    private static JsonObject named(JsonObject bom, String type, String name) {
        return assets(bom, type).stream()
                .filter(component -> component.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + names(assets(bom, type))))
                .getAsJsonObject("cryptoProperties");
    }

    private void assertValid(String file) throws Exception {
        assertThat(new JsonParser().validate(directory.resolve(file).toFile(), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void theInventoryOfAConfigurationIsValidAndComplete() throws Exception {
        Result result = export("export", "--cbom", "bom.json", "app.properties", "--name", "shop");

        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).isEqualTo("CBOM: bom.json" + System.lineSeparator());
        assertValid("bom.json");
        JsonObject bom = written("bom.json");
        assertThat(bom.getAsJsonObject("metadata")
                        .getAsJsonObject("component")
                        .get("name")
                        .getAsString())
                .isEqualTo("shop");
        assertThat(names(assets(bom, "protocol")))
                .containsExactlyInAnyOrder(
                        "TLS 1.3 of context queue", "TLS 1.2 of context web", "TLS 1.3 of context web");
        assertThat(names(assets(bom, "certificate"))).anyMatch(name -> name.contains("CN=web.test"));
        assertThat(names(assets(bom, "related-crypto-material")))
                .anyMatch(name -> name.startsWith("private key of ") && name.contains("CN=web.test"))
                .noneMatch(name -> name.startsWith("private key of ") && name.contains("CN=Authority"));
        assertThat(names(assets(bom, "algorithm")))
                .contains("AES-256-GCM", "SHA-384", "ECDHE", "ECDSA", "x25519", "secp256r1", "ecdsa_secp256r1_sha256");
    }

    @Test
    void eachVersionHasItsOwnCipherSuites() throws Exception {
        export("export", "--cbom", "bom.json", "app.properties");
        JsonObject bom = written("bom.json");

        assertThat(suites(bom, "TLS 1.3 of context web")).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThat(suites(bom, "TLS 1.2 of context web")).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(suites(bom, "TLS 1.3 of context queue")).contains("TLS_AES_128_GCM_SHA256");
    }

    private static List<String> suites(JsonObject bom, String protocol) {
        JsonArray suites = named(bom, "protocol", protocol)
                .getAsJsonObject("protocolProperties")
                .getAsJsonArray("cipherSuites");
        return suites.asList().stream()
                .map(suite -> suite.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    @Test
    void algorithmsHaveTheirKnownStrength() throws Exception {
        Files.writeString(directory.resolve("shop.json"), SampleDocument.text());
        try (ServiceProcess service = ServiceProcess.start(
                ChildJvm.of(SampleService.class), directory.resolve("shop.json").toString(), "shop")) {
            export("export", "--service", service.id(), "--cbom", "bom.json");
        }
        JsonObject bom = written("bom.json");

        assertValid("bom.json");
        assertStrength(bom, "X25519MLKEM768", null, 3);
        assertStrength(bom, "x25519", 128, 0);
        assertStrength(bom, "AES-128-GCM", 128, 1);
        assertStrength(bom, "AES-256-GCM", 256, 5);
        assertStrength(bom, "RSA-2048", 112, 0);
        assertStrength(bom, "RSA-4096", null, 0);
        assertStrength(bom, "EC-384", 192, 0);
        assertThat(names(assets(bom, "protocol"))).contains("TLS 1.3 of context web", "TLS 1.2 of context web");
        assertThat(suites(bom, "TLS 1.2 of context web")).contains("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(named(bom, "certificate", "CN=shop-client,O=Shop Example")
                        .getAsJsonObject("certificateProperties")
                        .get("notValidAfter")
                        .getAsString())
                .isEqualTo("2026-12-01T22:00:00Z");
        // What clients offer is not what the application uses.
        assertThat(bom.toString()).doesNotContain("3DES").doesNotContain("TLSv1.1");
    }

    private static void assertStrength(JsonObject bom, String algorithm, Integer classical, int quantum) {
        JsonObject properties = named(bom, "algorithm", algorithm).getAsJsonObject("algorithmProperties");
        assertThat(properties.get("nistQuantumSecurityLevel").getAsInt())
                .as(algorithm)
                .isEqualTo(quantum);
        assertThat(properties.has("classicalSecurityLevel")).as(algorithm).isEqualTo(classical != null);
        if (classical != null) {
            assertThat(properties.get("classicalSecurityLevel").getAsInt())
                    .as(algorithm)
                    .isEqualTo(classical);
        }
    }

    /** The test would prove nothing if the validator accepted everything. */
    @Test
    void theSchemaRefusesAnUnknownPrimitive() throws Exception {
        export("export", "--cbom", "bom.json", "app.properties");
        Path file = directory.resolve("bom.json");
        Files.writeString(file, Files.readString(file).replace("\"primitive\": \"hash\"", "\"primitive\": \"hush\""));

        assertThat(new JsonParser().validate(file.toFile(), Version.VERSION_16)).isNotEmpty();
    }

    /** A reference to what is not there is valid by the schema, and useless. */
    @Test
    void everyReferenceLeadsSomewhere() throws Exception {
        export("export", "--cbom", "bom.json", "app.properties");
        JsonObject bom = written("bom.json");
        Set<String> known = new HashSet<>(Set.of("application"));
        bom.getAsJsonArray("components")
                .forEach(component ->
                        known.add(component.getAsJsonObject().get("bom-ref").getAsString()));
        Set<String> used = new HashSet<>();
        references(bom, used);

        assertThat(used).isNotEmpty().isSubsetOf(known);
    }

    private static void references(JsonElement element, Set<String> used) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(member -> {
                boolean refers = member.getKey().endsWith("Ref")
                        || Set.of("ref", "dependsOn", "algorithms", "cryptoRefArray")
                                .contains(member.getKey());
                if (refers && member.getValue().isJsonPrimitive()) {
                    used.add(member.getValue().getAsString());
                } else if (refers && member.getValue() instanceof JsonArray array) {
                    array.forEach(ref -> used.add(ref.getAsString()));
                } else {
                    references(member.getValue(), used);
                }
            });
        } else if (element instanceof JsonArray array) {
            array.forEach(one -> references(one, used));
        }
    }

    @Test
    void theStandardOutputGetsTheDocumentAndNoSecret() throws Exception {
        Result result = export("export", "--cbom", "-", "app.properties");
        String key = Files.readString(directory.resolve("web.key"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();

        assertThat(result.json().get("bomFormat").getAsString()).isEqualTo("CycloneDX");
        assertThat(result.output()).doesNotContain(key).doesNotContain("PRIVATE KEY");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void aConfigurationWithErrorsHasNoInventory() throws Exception {
        Files.writeString(directory.resolve("broken.properties"), "sluice.ssl.web.trust-store.pem.certs=missing.crt\n");

        Result result = export("export", "--cbom", "bom.json", "broken.properties");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors()).contains("missing.crt");
        assertThat(directory.resolve("bom.json")).doesNotExist();
    }

    @Test
    void aDocumentIsNamedAndOneSource() throws Exception {
        assertThat(export("export", "app.properties").exitCode()).isEqualTo(2);
        assertThat(export("export", "--cbom", "x.json").exitCode()).isEqualTo(2);
        assertThat(export("export", "--cbom", "x.json", "app.properties", "--service", "1")
                        .exitCode())
                .isEqualTo(2);
        assertThat(export("export", "--cbom", "missing/x.json", "app.properties")
                        .exitCode())
                .isEqualTo(3);
    }
}
