package io.sluice.internal.settings;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads a password from a file of its own, as secret stores mount them. No message shows a part of it. */
public final class PasswordFile {

    /** The end of the keys that name such a file. */
    public static final String SUFFIX = "-file";

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LIMIT = 64 * 1024;

    private static final String NOT_SHOWN = " (the value is not shown, because it may be the password itself)";

    private static final String REMEDY = "Name the file that holds the password, best with its whole path";

    private PasswordFile() {}

    /**
     * Tests whether a setting names a file with a password, and is not the password itself.
     *
     * @param setting a configured password
     * @return true if its property ends with the suffix
     */
    public static boolean isNamedBy(Setting setting) {
        return setting.property().endsWith(SUFFIX);
    }

    /**
     * Reads the text of the file, without the line end at its end and the byte order mark at its start, if it has these. Editors add them.
     *
     * @param setting a path or a {@code file:} URL
     * @param files records the file
     * @param problems takes what is wrong
     * @return the password, which the caller wipes; empty after reporting a problem
     */
    public static Optional<char[]> read(Setting setting, FilesRead files, Problems problems) {
        Path path;
        try {
            path = Location.path(setting.value().strip());
        } catch (IllegalArgumentException e) {
            problems.error(setting, "the value is not a path" + NOT_SHOWN, REMEDY);
            return Optional.empty();
        }
        if (mayBePassword(path)) {
            files.doubtfulFile(path);
            if (!Files.exists(path)) {
                problems.error(setting, "there is no such file" + NOT_SHOWN, REMEDY);
                return Optional.empty();
            }
        } else {
            files.file(path);
        }
        return new FileContent(setting, problems, LIMIT, "Name a file that holds nothing but the password")
                .of(path)
                .flatMap(bytes -> decoded(bytes, path, setting, problems));
    }

    /** A password in base64 may contain a slash. So a relative path is shown only if its directory exists. */
    private static boolean mayBePassword(Path path) {
        Path directory = path.getParent();
        return !path.isAbsolute() && (directory == null || !Files.isDirectory(directory));
    }

    private static Optional<char[]> decoded(byte[] bytes, Path path, Setting setting, Problems problems) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int start = text.length() > 0 && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
            char[] password = Arrays.copyOfRange(text.array(), start, Math.max(start, withoutLineEnd(text)));
            Arrays.fill(text.array(), '\0');
            if (password.length > 0) {
                return Optional.of(password);
            }
            problems.error(setting, "the file '" + path + "' holds no password", "Write the password into the file");
        } catch (CharacterCodingException e) {
            problems.error(setting, "the file '" + path + "' is not text in UTF-8", "Write the password as UTF-8");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
        return Optional.empty();
    }

    private static int withoutLineEnd(CharBuffer text) {
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) == '\n') {
            length--;
            return length > 0 && text.charAt(length - 1) == '\r' ? length - 1 : length;
        }
        return length > 0 && text.charAt(length - 1) == '\r' ? length - 1 : length;
    }
}
