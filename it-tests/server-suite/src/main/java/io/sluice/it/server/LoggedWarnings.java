package io.sluice.it.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The warnings and errors in a log, each with the lines that belong to it. It knows the forms of all servers of the suite. */
final class LoggedWarnings {

    /** A record begins with a time: in brackets, after a level (SLF4J's simple form), or alone. A stack trace does not. */
    private static final Pattern BEGINNING =
            Pattern.compile("^(\\[?\\d{1,4}[-/.:]\\d{1,2}|\\[?\\d{2}-\\w{3}-\\d{4}|\\w{3} \\d{2}, \\d{4}).*");

    /** JUL's and JBoss's words. Open Liberty has a letter between the logger and the message, or the method. */
    private static final Pattern LEVEL =
            Pattern.compile("\\b(WARN|WARNING|SEVERE|ERROR|FATAL)\\b|^\\[[^\\]]*] [0-9a-f]{8} \\S+\\s+[WEF] ");

    private LoggedWarnings() {}

    /** Returns those that contain one of the words, in upper or lower case. */
    static List<String> in(String log, List<String> words) {
        return records(log).stream()
                .filter(record -> LEVEL.matcher(head(record)).find())
                .filter(record -> words.stream().anyMatch(record.toLowerCase(Locale.ROOT)::contains))
                .toList();
    }

    private static List<String> records(String log) {
        List<List<String>> records = new ArrayList<>();
        log.lines().forEach(line -> {
            if (records.isEmpty() || BEGINNING.matcher(line).matches()) {
                records.add(new ArrayList<>());
            }
            records.get(records.size() - 1).add(line);
        });
        return records.stream().map(lines -> String.join("\n", lines)).collect(Collectors.toList());
    }

    /** The level is in the first line, or in the second one in the form of java.util.logging. */
    private static String head(String record) {
        return record.lines().limit(2).collect(Collectors.joining("\n"));
    }
}
