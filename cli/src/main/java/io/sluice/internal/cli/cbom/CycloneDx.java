package io.sluice.internal.cli.cbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sluice.internal.cli.document.CertificateEntry;
import io.sluice.internal.cli.document.CertificateInUse;
import io.sluice.internal.cli.document.CertificateInUse.Use;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes an inventory as a CycloneDX document, version 1.6. Used once. */
public final class CycloneDx {

    private static final String APPLICATION = "application";

    private final CryptoInventory inventory;
    private final TreeMap<String, JsonObject> components = new TreeMap<>();
    private final TreeMap<String, SortedSet<String>> dependencies = new TreeMap<>();

    private CycloneDx(CryptoInventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Writes an inventory.
     *
     * @param inventory the inventory
     * @param version the version of this program; empty if it is not known
     * @return the document
     */
    public static JsonObject document(CryptoInventory inventory, Optional<String> version) {
        CycloneDx written = new CycloneDx(inventory);
        written.dependencies.put(APPLICATION, new TreeSet<>());
        List<CertificateInUse> certificates = inventory.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            written.certificate(certificates.get(i), i);
        }
        inventory.contexts().forEach(written::context);
        JsonObject document = new JsonObject();
        document.addProperty("bomFormat", "CycloneDX");
        document.addProperty("specVersion", "1.6");
        document.addProperty("serialNumber", "urn:uuid:" + UUID.randomUUID());
        document.addProperty("version", 1);
        document.add("metadata", written.metadata(version));
        document.add("components", array(written.components.values()));
        document.add("dependencies", written.dependencies());
        return document;
    }

    private JsonObject metadata(Optional<String> version) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty(
                "timestamp", inventory.time().truncatedTo(ChronoUnit.SECONDS).toString());
        if (inventory.isRunning()) {
            metadata.add("lifecycles", array(List.of(object("phase", "operations"))));
        }
        JsonObject tool = object("type", APPLICATION);
        tool.addProperty("group", "io.sluice");
        tool.addProperty("name", "sluice-cli");
        version.ifPresent(known -> tool.addProperty("version", known));
        JsonObject tools = new JsonObject();
        tools.add("components", array(List.of(tool)));
        metadata.add("tools", tools);
        JsonObject component = object("type", APPLICATION);
        component.addProperty("bom-ref", APPLICATION);
        component.addProperty("name", inventory.application());
        metadata.add("component", component);
        if (!inventory.omitted().isEmpty()) {
            metadata.add(
                    "properties",
                    array(inventory.omitted().stream()
                            .map(name -> property("sluice:omittedContext", name))
                            .toList()));
        }
        return metadata;
    }

    private void certificate(CertificateInUse used, int number) {
        CertificateEntry certificate = used.certificate();
        String id = certificate.fingerprint().orElse("number-" + number);
        String ref = "certificate/" + id;
        String key = "public-key/" + id;
        JsonObject properties = new JsonObject();
        properties.addProperty("subjectName", certificate.subject());
        certificate.issuer().ifPresent(issuer -> properties.addProperty("issuerName", issuer));
        certificate.notBefore().ifPresent(begin -> properties.addProperty("notValidBefore", begin.toString()));
        certificate.notAfter().ifPresent(end -> properties.addProperty("notValidAfter", end.toString()));
        certificate.signatureAlgorithm().map(SignatureNames::signature).ifPresent(algorithm -> {
            properties.addProperty("signatureAlgorithmRef", add(algorithm));
            depends(ref, algorithm.ref());
        });
        properties.addProperty("subjectPublicKeyRef", key);
        properties.addProperty("certificateFormat", "X.509");
        JsonObject component = asset(ref, certificate.subject(), "certificate", "certificateProperties", properties);
        certificate.fingerprint().filter(print -> print.matches("[0-9a-f]{64}")).ifPresent(print -> {
            JsonObject hash = object("alg", "SHA-256");
            hash.addProperty("content", print);
            component.add("hashes", array(List.of(hash)));
        });
        certificate.source().ifPresent(source -> {
            JsonObject evidence = new JsonObject();
            evidence.add("occurrences", array(List.of(object("location", source))));
            component.add("evidence", evidence);
        });
        component.add("properties", uses(used));
        key(key, "public-key", certificate);
        depends(ref, key);
        depends(APPLICATION, ref);
        if (used.uses().stream().anyMatch(use -> use.use() == Use.KEY)) {
            key("private-key/" + id, "private-key", certificate);
            depends(APPLICATION, "private-key/" + id);
        }
    }

    private static JsonArray uses(CertificateInUse used) {
        JsonArray properties = array(used.uses().stream()
                .map(use -> property("sluice:" + use.use(), use.context()))
                .toList());
        used.certificate().serialNumber().ifPresent(number -> properties.add(property("sluice:serialNumber", number)));
        return properties;
    }

    /** Never its value. */
    private void key(String ref, String type, CertificateEntry certificate) {
        JsonObject properties = object("type", type);
        certificate
                .keyAlgorithm()
                .map(name -> SignatureNames.key(name, certificate.keyBits()))
                .ifPresent(algorithm -> {
                    properties.addProperty("algorithmRef", add(algorithm));
                    depends(ref, algorithm.ref());
                });
        certificate.keyBits().ifPresent(bits -> properties.addProperty("size", bits));
        asset(
                ref,
                type.replace('-', ' ') + " of " + certificate.subject(),
                "related-crypto-material",
                "relatedCryptoMaterialProperties",
                properties);
    }

    /** A component for each version, because their cipher suites differ. */
    private void context(CryptoInventory.Context context) {
        for (String protocol : context.protocols()) {
            String version = protocol.equals("TLSv1") ? "1.0" : protocol.replaceFirst("^(TLS|SSL)v", "");
            String ref = "protocol/" + context.name() + "/" + protocol;
            boolean isTls13 = protocol.equals("TLSv1.3");
            JsonObject properties = object("type", "tls");
            properties.addProperty("version", version);
            properties.add(
                    "cipherSuites",
                    array(context.cipherSuites().stream()
                            .filter(suite -> SuiteNames.isOfTls13(suite) == isTls13)
                            .map(suite -> suite(ref, suite))
                            .toList()));
            // Post-quantum groups exist in TLS 1.3 only.
            SortedSet<String> others = new TreeSet<>();
            context.groups().stream()
                    .map(GroupNames::group)
                    .filter(group -> isTls13 || group.quantum().orElse(0) == 0)
                    .forEach(group -> others.add(add(group)));
            context.signatureSchemes().stream().map(SignatureNames::scheme).forEach(scheme -> others.add(add(scheme)));
            others.forEach(other -> depends(ref, other));
            properties.add("cryptoRefArray", texts(others));
            JsonObject component = asset(
                    ref,
                    protocol.replaceFirst("^(TLS|SSL)v", "$1 ") + " of context " + context.name(),
                    "protocol",
                    "protocolProperties",
                    properties);
            component.add("properties", array(List.of(property("sluice:context", context.name()))));
            depends(APPLICATION, ref);
        }
    }

    private JsonObject suite(String protocol, String name) {
        JsonObject suite = object("name", name);
        Set<String> algorithms =
                SuiteNames.algorithms(name).stream().map(this::add).collect(Collectors.toCollection(TreeSet::new));
        algorithms.forEach(algorithm -> depends(protocol, algorithm));
        suite.add("algorithms", texts(algorithms));
        return suite;
    }

    private String add(CryptoAlgorithm algorithm) {
        asset(algorithm.ref(), algorithm.name(), "algorithm", "algorithmProperties", algorithm.properties());
        return algorithm.ref();
    }

    private JsonObject asset(String ref, String name, String type, String member, JsonObject properties) {
        JsonObject component = object("type", "cryptographic-asset");
        component.addProperty("bom-ref", ref);
        component.addProperty("name", name);
        JsonObject crypto = object("assetType", type);
        crypto.add(member, properties);
        component.add("cryptoProperties", crypto);
        components.putIfAbsent(ref, component);
        dependencies.computeIfAbsent(ref, none -> new TreeSet<>());
        return component;
    }

    private void depends(String ref, String on) {
        dependencies.computeIfAbsent(ref, none -> new TreeSet<>()).add(on);
    }

    private JsonArray dependencies() {
        JsonArray all = new JsonArray();
        dependencies.forEach((ref, on) -> {
            JsonObject dependency = object("ref", ref);
            if (!on.isEmpty()) {
                dependency.add("dependsOn", texts(on));
            }
            all.add(dependency);
        });
        return all;
    }

    private static JsonObject property(String name, String value) {
        JsonObject property = object("name", name);
        property.addProperty("value", value);
        return property;
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }

    private static JsonArray array(Collection<? extends JsonElement> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }

    private static JsonArray texts(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
