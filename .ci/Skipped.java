import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says at the end of a build which tests it did not run, and why.
 *
 * <p>Arguments: the root of the tree, the start of the build, the tags that were excluded, whether the other containers were skipped, and
 * whether all tests were.
 */
public final class Skipped {

    private static final Pattern RUN = Pattern.compile("<testsuite [^>]*?\\btests=\"(\\d+)\"");

    /** The reason of an annotation is an attribute; that of an assumption is in the stack trace. */
    private static final Pattern SKIPPED = Pattern.compile(
            "<skipped(?: message=\"([^\"]*)\"|[^>]*><!\\[CDATA\\[[\\w.]+: (?:Assumption failed: )?([^\n]*))?");

    private Skipped() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        FileTime start = FileTime.from(LocalDateTime.parse(arguments[1], DateTimeFormatter.ofPattern("yyyyMMddHHmmss"))
                .toInstant(ZoneOffset.UTC));
        if (Boolean.parseBoolean(arguments[4])) {
            System.out.println("Not run: the tests, apart from those on application servers (skipTests)");
            return;
        }
        int run = 0;
        Map<String, Integer> reasons = new TreeMap<>();
        for (Path report : reports(root, start)) {
            String text = Files.readString(report);
            Matcher suite = RUN.matcher(text);
            run += suite.find() ? Integer.parseInt(suite.group(1)) : 0;
            SKIPPED.matcher(text).results().forEach(skipped -> reasons.merge(reason(skipped), 1, Integer::sum));
        }
        int skipped = reasons.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("Run: %d tests. Not run:%n", run - skipped);
        reasons.forEach((reason, count) -> System.out.printf("  %d skipped: %s%n", count, reason));
        if (arguments[2].contains("long")) {
            System.out.println("  those tagged long, to keep this build short: mvn verify -Plong");
        }
        if (arguments[2].contains("figures")) {
            System.out.println("  those tagged figures, which take minutes each: .ci/long");
        }
        if (Boolean.parseBoolean(arguments[3])) {
            System.out.println("  those on Weld 6 and OpenWebBeans, and most of those with BoringSSL, to keep this build short: mvn verify -Pcontainers");
        }
        System.out.println("  those on application servers, which are downloaded: mvn verify -DskipTests -Pservers");
    }

    private static List<Path> reports(Path root, FileTime start) throws IOException {
        try (Stream<Path> files = Files.find(root, 8, (file, attributes) -> file.toString().contains("surefire-reports")
                && file.getFileName().toString().matches("TEST-.*\\.xml")
                && attributes.lastModifiedTime().compareTo(start) >= 0)) {
            return files.toList();
        }
    }

    private static String reason(MatchResult skipped) {
        return Stream.of(1, 2)
                .map(skipped::group)
                .filter(reason -> reason != null && !reason.isBlank())
                .flatMap(String::lines)
                .findFirst()
                .orElse("no reason is given");
    }
}
