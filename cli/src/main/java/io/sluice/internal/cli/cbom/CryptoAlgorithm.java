package io.sluice.internal.cli.cbom;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * An algorithm as CycloneDX describes it.
 *
 * @param name its usual name
 * @param primitive the kind of algorithm, a word of CycloneDX
 * @param functions what it is used for, words of CycloneDX
 * @param parameters the length of its key or digest, or the name of its parameter set; empty for none
 * @param curve its curve; empty for none
 * @param mode the mode of a cipher, a word of CycloneDX; empty for none
 * @param classical its strength in bits (NIST SP 800-57, part 1, table 2), if it has a row there
 * @param quantum the NIST category of its strength against quantum computers, 0 for none; empty if it is not known
 */
record CryptoAlgorithm(
        String name,
        String primitive,
        List<String> functions,
        String parameters,
        String curve,
        String mode,
        OptionalInt classical,
        OptionalInt quantum) {

    static CryptoAlgorithm of(String name, String primitive, String... functions) {
        return new CryptoAlgorithm(
                name, primitive, List.of(functions), "", "", "", OptionalInt.empty(), OptionalInt.empty());
    }

    CryptoAlgorithm parameters(String set) {
        return new CryptoAlgorithm(name, primitive, functions, set, curve, mode, classical, quantum);
    }

    CryptoAlgorithm on(String namedCurve) {
        return new CryptoAlgorithm(name, primitive, functions, parameters, namedCurve, mode, classical, quantum);
    }

    CryptoAlgorithm mode(String cipherMode) {
        return new CryptoAlgorithm(name, primitive, functions, parameters, curve, cipherMode, classical, quantum);
    }

    CryptoAlgorithm classical(int bits) {
        return new CryptoAlgorithm(name, primitive, functions, parameters, curve, mode, OptionalInt.of(bits), quantum);
    }

    CryptoAlgorithm quantum(int category) {
        return new CryptoAlgorithm(
                name, primitive, functions, parameters, curve, mode, classical, OptionalInt.of(category));
    }

    /** {@return the identifier of its component} */
    String ref() {
        return "algorithm/" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.+-]+", "-");
    }

    JsonObject properties() {
        JsonObject json = new JsonObject();
        json.addProperty("primitive", primitive);
        add(json, "parameterSetIdentifier", parameters);
        add(json, "curve", curve);
        add(json, "mode", mode);
        if (!functions.isEmpty()) {
            JsonArray array = new JsonArray();
            functions.forEach(array::add);
            json.add("cryptoFunctions", array);
        }
        classical.ifPresent(bits -> json.addProperty("classicalSecurityLevel", bits));
        quantum.ifPresent(category -> json.addProperty("nistQuantumSecurityLevel", category));
        return json;
    }

    private static void add(JsonObject json, String name, String value) {
        if (!value.isEmpty()) {
            json.addProperty(name, value);
        }
    }
}
