package io.sluice.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the server logs from a moment on.
 *
 * @param sizes the sizes of its files at that moment
 */
record ServerLog(Map<Path, Long> sizes) {

    static ServerLog fromNow() {
        Map<Path, Long> sizes = new HashMap<>();
        Server.files(Server.current().logs()).forEach(file -> sizes.put(file, size(file)));
        return new ServerLog(sizes);
    }

    /** Returns what was written since then. */
    String text() {
        StringBuilder text = new StringBuilder();
        Server.files(Server.current().logs()).forEach(file -> {
            try {
                byte[] all = Files.readAllBytes(file);
                int known = sizes.getOrDefault(file, 0L).intValue();
                int from = known > all.length ? 0 : known; // It was begun anew, at midnight.
                text.append(new String(all, from, all.length - from, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return text.toString();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
