package io.sluice.internal.material;

import io.sluice.internal.pem.PemBlock;
import io.sluice.internal.pem.PemKind;
import io.sluice.internal.pem.PemText;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads what a setting names, PEM or DER, and picks the objects of one kind. */
final class PemObjects {

    /** The beginning of base64-encoded PEM, as in the manifest of a Kubernetes secret. */
    private static final byte[] ENCODED_TWICE = "LS0tLS1CRUdJTi".getBytes(StandardCharsets.US_ASCII);

    private PemObjects() {}

    /** Returns at least one block, or none after reporting a problem. */
    static List<PemBlock> read(Setting setting, PemKind kind, MaterialReading reading) {
        Optional<byte[]> bytes = reading.bytes(setting);
        if (bytes.isEmpty()) {
            return List.of();
        }
        PemText text = PemText.of(bytes.get());
        if (!text.defect().isEmpty()) {
            reading.problems().error(setting, setting.shown() + " " + text.defect(), "Copy the whole file again");
            return List.of();
        }
        List<PemBlock> blocks = text.blocks().stream().filter(kind::isOf).toList();
        if (blocks.isEmpty()) {
            reading.problems().error(absent(setting, kind, bytes.get(), text.blocks()));
        }
        return blocks;
    }

    private static Problem absent(Setting setting, PemKind kind, byte[] bytes, List<PemBlock> others) {
        Set<String> labels = others.stream().map(PemBlock::label).collect(Collectors.toCollection(TreeSet::new));
        for (String type : List.of("PKCS12", "JKS", "JCEKS")) {
            if (labels.contains(type)) {
                return Problem.of(
                        setting, setting.shown() + " is a " + type + " store, not PEM", stored(setting, type));
            }
        }
        if (labels.contains("PKCS7") || labels.contains("CMS")) {
            return Problem.of(
                    setting,
                    setting.shown() + " holds PKCS7, not a " + kind.noun() + " by itself",
                    "Convert it with openssl pkcs7 -print_certs -in FILE -out chain.pem (and -inform DER if it is binary)");
        }
        if (labels.contains("OPENSSH PRIVATE KEY")) {
            return Problem.of(
                    setting,
                    setting.shown() + " holds a key in OpenSSH format",
                    "Convert a copy of it with ssh-keygen -p -m PKCS8 -f COPY");
        }
        if (Arrays.mismatch(bytes, ENCODED_TWICE) == ENCODED_TWICE.length) {
            return Problem.of(
                    setting,
                    setting.shown() + " holds PEM that is base64-encoded once more",
                    "Decode it with base64 -d, or set it inline with the prefix base64:");
        }
        if (labels.isEmpty() && kind != PemKind.PRIVATE_KEY) {
            return unreadable(setting, kind, "");
        }
        String found = labels.isEmpty() ? "" : ", but " + String.join(", ", labels);
        return Problem.of(setting, setting.shown() + " holds no " + kind.noun() + found, kind.remedyIfAbsent());
    }

    /** The keys of a store have the same prefix as those of PEM. */
    private static String stored(Setting setting, String type) {
        int pem = setting.property().indexOf(".pem.");
        if (pem < 0) {
            return "Use PEM or DER instead";
        }
        String stores = setting.property().substring(0, pem);
        return switch (type) {
            case "PKCS12" -> "Use " + stores + ".p12.path and " + stores + ".p12.password for it";
            case "JKS" -> "Use " + stores + ".jks.path and " + stores + ".jks.password for it";
            default -> "Use " + stores + ".other.type=" + type + " and " + stores + ".other.path for it";
        };
    }

    /** Returns the problem of an object that cannot be read; {@code which} tells which of several it is. */
    static Problem unreadable(Setting setting, PemKind kind, String which) {
        return Problem.of(
                setting,
                setting.shown() + " holds a " + kind.noun() + " that cannot be read" + which,
                kind.remedyIfUnreadable());
    }

    static String which(int index, int count) {
        return count == 1 ? "" : " (number " + (index + 1) + ")";
    }
}
