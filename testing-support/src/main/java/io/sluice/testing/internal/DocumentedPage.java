package io.sluice.testing.internal;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs}, whose marked blocks are run by tests. */
public final class DocumentedPage {

    private final String name;
    private final String text;

    private DocumentedPage(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads a page.
     *
     * @param name its file name
     */
    public static DocumentedPage of(String name) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/" + name))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException("no folder above this one has docs/" + name);
        }
        return new DocumentedPage(name, Files.readString(folder.resolve("docs/" + name)));
    }

    /** {@return the whole page} */
    public String text() {
        return text;
    }

    /**
     * The block that follows {@code <!-- recipe: MARKER -->}.
     *
     * @param marker the marker
     */
    public String block(String marker) {
        Matcher block = Pattern.compile("(?ms)^<!-- recipe: " + Pattern.quote(marker) + " -->\n```\\w+\n(.*?)^```$")
                .matcher(text);
        if (!block.find()) {
            throw new AssertionError("docs/" + name + " has no block that is marked " + marker);
        }
        return block.group(1);
    }

    /**
     * The properties of a marked block, with all paths below another directory.
     *
     * @param marker the marker
     * @param root the directory that stands for the root of the file system
     */
    public Map<String, String> properties(String marker, Path root) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(block(marker)));
        Map<String, String> properties = new TreeMap<>();
        read.stringPropertyNames().forEach(key -> {
            String value = read.getProperty(key);
            properties.put(key, value.startsWith("/") ? root + value : value);
        });
        return properties;
    }
}
