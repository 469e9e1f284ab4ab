package io.sluice.internal.material;

import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Location;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads keys for tickets: a line for each, in hexadecimal or base64, as haproxy has them, or the bytes of one key, as nginx has them. No
 * message shows a part of a key.
 */
public final class TicketKeyFile {

    /** Those of nginx and haproxy, for AES-256 and AES-128. Other lengths are rather a line that was broken or cut. */
    private static final Set<Integer> LENGTHS = Set.of(80, 48);

    /** More are hardly meant, and each ticket is compared with all of them. */
    private static final int MOST_KEYS = 64;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\s]]");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})+");
    private static final String REMEDY = "Write a line for each key, as openssl rand -hex 80 prints it";

    private final Setting setting;
    private final Problems problems;

    private TicketKeyFile(Setting setting, Problems problems) {
        this.setting = setting;
        this.problems = problems;
    }

    /**
     * Reads the keys.
     *
     * @param setting the location
     * @param files records the file
     * @param problems takes what is wrong
     * @return the keys, the one that seals first; none after reporting a problem
     */
    public static List<byte[]> read(Setting setting, FilesRead files, Problems problems) {
        return Location.read(setting, files, problems)
                .map(content -> new TicketKeyFile(setting, problems).keys(content))
                .orElse(List.of());
    }

    private List<byte[]> keys(byte[] content) {
        Optional<List<String>> text = lines(content);
        if (text.isEmpty()) {
            return LENGTHS.contains(content.length)
                    ? List.of(content)
                    : refused(setting.shown() + " is neither text nor a key of 80 or 48 bytes");
        }
        List<String> lines = text.get();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Optional<byte[]> key = decoded(line);
            if (key.isEmpty() || !LENGTHS.contains(key.get().length)) {
                return refused("line " + (i + 1) + " of " + setting.shown() + " is "
                        + key.map(known -> "a key of " + known.length + " bytes, not of 80 or 48")
                                .orElse("neither hexadecimal nor base64"));
            }
            keys.add(key.get());
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            return refused(
                    setting.shown() + " holds " + (keys.isEmpty() ? "no key" : "more than " + MOST_KEYS + " keys"));
        }
        return keys;
    }

    private List<byte[]> refused(String fault) {
        problems.error(setting, fault, REMEDY);
        return List.of();
    }

    /** The lines of a text. Random bytes are hardly ever a text. */
    private static Optional<List<String>> lines(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return CONTROL.matcher(text).find()
                    ? Optional.empty()
                    : Optional.of(text.lines().toList());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> decoded(String line) {
        try {
            return Optional.of(
                    HEX.matcher(line).matches()
                            ? HexFormat.of().parseHex(line)
                            : Base64.getDecoder().decode(line));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
