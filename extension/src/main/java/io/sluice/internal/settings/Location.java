package io.sluice.internal.settings;

import io.sluice.internal.pem.PemText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the material that a setting names: a path, {@code file:}, {@code classpath:}, {@code base64:}, or the PEM text itself. */
public final class Location {

    private static final String CLASSPATH = "classpath:";
    private static final String BASE64 = "base64:";

    /** Base64 of any alphabet, also with quotes around it and line ends written {@code \\n}. */
    private static final Pattern BASE64_TEXT = Pattern.compile("[A-Za-z0-9+/=_\\-\\\\\\s\"']{40,}");

    private static final int LONGEST_PATH = 255;

    private Location() {}

    static boolean isInlinePem(String value) {
        return value.contains(PemText.BEGIN);
    }

    static boolean isBase64(String value) {
        return value.startsWith(BASE64);
    }

    /**
     * Whether the value looks like material without its first line: several lines, a long text, or base64. It may be a private key, so it is
     * never shown. A value that exists in the file system is a path, whatever it looks like.
     */
    static boolean isBareMaterial(String value) {
        boolean looks = value.contains("-----")
                || value.strip().indexOf('\n') >= 0
                || (value.length() > LONGEST_PATH && !value.startsWith(CLASSPATH))
                || BASE64_TEXT.matcher(value).matches();
        return looks && !isInFileSystem(value);
    }

    /** Whether the file exists, or at least its directory. */
    private static boolean isInFileSystem(String value) {
        try {
            Path path = path(value);
            Path parent = path.getParent();
            return Files.exists(path) || (parent != null && parent.getNameCount() > 0 && Files.isDirectory(parent));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the bytes, or nothing after reporting a problem. */
    public static Optional<byte[]> read(Setting setting, FilesRead files, Problems problems) {
        String value = setting.value();
        if (isInlinePem(value)) {
            return Optional.of(value.getBytes(StandardCharsets.UTF_8));
        }
        if (isBase64(value)) {
            return decode(setting, problems);
        }
        if (isBareMaterial(value)) {
            problems.error(
                    setting,
                    setting.shown() + " is neither a location nor PEM",
                    "Put the prefix base64: before base64, or include the line -----BEGIN …----- of PEM text");
            return Optional.empty();
        }
        Optional<byte[]> bytes =
                value.startsWith(CLASSPATH) ? resource(setting, problems) : file(setting, files, problems);
        if (bytes.isPresent() && bytes.get().length == 0) {
            problems.error(setting, setting.shown() + " is empty", "Name a file with content");
            return Optional.empty();
        }
        return bytes;
    }

    private static Optional<byte[]> decode(Setting setting, Problems problems) {
        String fault = "is empty";
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(setting.value().substring(BASE64.length()));
            if (bytes.length > 0) {
                return Optional.of(bytes);
            }
        } catch (IllegalArgumentException e) {
            fault = "is not base64";
        }
        problems.error(setting, "the text after base64: " + fault, "Supply the material as base64 (RFC 4648)");
        return Optional.empty();
    }

    private static Optional<byte[]> resource(Setting setting, Problems problems) {
        String name = setting.value().substring(CLASSPATH.length());
        String resource = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream in = open(resource)) {
            if (in != null) {
                return new FileContent(setting, problems).of(in, "the resource '" + resource + "'");
            }
            problems.error(
                    setting,
                    "there is no resource '" + resource + "' on the class path",
                    "Add the resource to the application, or correct the name");
        } catch (IOException e) {
            problems.error(setting, "the resource '" + resource + "' cannot be read: " + e, "Make it readable");
        }
        return Optional.empty();
    }

    private static @Nullable InputStream open(String resource) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        InputStream in = application == null ? null : application.getResourceAsStream(resource);
        return in != null ? in : Location.class.getClassLoader().getResourceAsStream(resource);
    }

    private static Optional<byte[]> file(Setting setting, FilesRead files, Problems problems) {
        Path path;
        try {
            path = path(setting.value());
        } catch (IllegalArgumentException e) {
            problems.error(
                    setting,
                    setting.shown() + " is not a path",
                    "Use a path, file:, classpath:, base64: or the PEM text itself");
            return Optional.empty();
        }
        files.file(path);
        return new FileContent(setting, problems).of(path);
    }

    /**
     * Finds the directory that a setting names.
     *
     * @param setting a location
     * @return the path; empty if the setting names anything else, or nothing
     */
    public static Optional<Path> directory(Setting setting) {
        String value = setting.value();
        if (isInlinePem(value) || isBase64(value) || value.startsWith(CLASSPATH)) {
            return Optional.empty();
        }
        try {
            return Optional.of(path(value)).filter(Files::isDirectory);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a path or a {@code file:} URL. A file name with a percent sign may also be written without encoding.
     *
     * @param value the text
     * @return the path
     * @throws IllegalArgumentException if the text is not a path
     */
    public static Path path(String value) {
        if (!value.startsWith(FileUrl.SCHEME)) {
            return Path.of(value);
        }
        Path decoded = local(FileUrl.decoded(value));
        Path raw = local(FileUrl.raw(value));
        return !Files.exists(decoded) && Files.exists(raw) ? raw : decoded;
    }

    private static Path local(String path) {
        return Path.of(File.separatorChar == '\\' ? FileUrl.ofWindows(path) : path);
    }
}
