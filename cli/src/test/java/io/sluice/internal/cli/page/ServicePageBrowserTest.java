package io.sluice.internal.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.sluice.internal.cli.SampleDocument;
import io.sluice.internal.cli.document.ServiceDocument;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page as a browser shows it. {@code -Dpage.pictures=DIRECTORY} keeps a picture of each size, and {@code -Dpage.picture.write=true} the
 * one of docs/operations.md.
 */
@Tag("figures")
class ServicePageBrowserTest {

    private static final int PICTURE_WIDTH = 1280;
    private static final int PICTURE_HEIGHT = 1180;

    /** Elements wider than the window, which the reader would have to scroll to. */
    private static final String OVERFLOW =
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('svg') && !e.closest('thead')"
                    + " && !e.closest('.unseen') && e.getBoundingClientRect().right > WIDTH + 0.5)"
                    + ".map(e => e.outerHTML.slice(0, 120))";

    /** The contrast of each text with what is behind it (WCAG 2.2, 1.4.3). */
    private static final String FAINT = """
            (() => {
              const parse = c => c.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = e => {
                for (; e; e = e.parentElement) {
                  const c = parse(getComputedStyle(e).backgroundColor);
                  if (c.length < 4 || c[3] === 1) return c;
                }
                return [255, 255, 255];
              };
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const faint = [];
              while (walker.nextNode()) {
                const e = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim()) continue;
                const style = getComputedStyle(e);
                const ink = parse(e.closest('svg') ? style.fill : style.color);
                const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
                const ratio = (a + 0.05) / (b + 0.05);
                if (!(ratio >= 4.5)) faint.push(ratio.toFixed(2) + ' ' + walker.currentNode.data);
              }
              return faint;
            })()""";

    @TempDir
    private static Path directory;

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(directory.resolve("profile"));
    }

    @AfterAll
    static void end() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static URI page(String name, String document) throws Exception {
        Path file = directory.resolve(name + ".html");
        Files.writeString(file, new ServicePage(ServiceDocument.parse(document)).html());
        return file.toUri();
    }

    private static Stream<Arguments> looks() {
        return Stream.of(320, 768, 1130, 1280, 1920)
                .flatMap(width -> Stream.of("light", "dark").map(scheme -> Arguments.of(width, scheme)));
    }

    private static List<String> texts(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void itFitsEveryWindowAndCanBeReadInBothSchemes(int width, String scheme) throws Exception {
        browser.look(width, scheme, 1);
        browser.open(page("shop", SampleDocument.text()));
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        keepPicture("shop-" + width + "-" + scheme, width);

        assertThat(texts(browser.evaluate(OVERFLOW.replace("WIDTH", Integer.toString(width)))))
                .isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
                .isEqualTo(width);
        assertThat(texts(browser.evaluate(FAINT))).isEmpty();
    }

    private static void keepPicture(String name, int width) throws Exception {
        String pictures = System.getProperty("page.pictures", "");
        if (!pictures.isEmpty()) {
            double height =
                    browser.evaluate("document.documentElement.scrollHeight").getAsDouble();
            Files.write(Path.of(pictures, name + ".png"), browser.picture(width, height));
        }
    }

    /** Long words have no place to break, and no browser may run what they contain. */
    @ParameterizedTest
    @MethodSource("looks")
    void hostileTextBreaksNothing(int width, String scheme) throws Exception {
        browser.look(width, scheme, 1);
        browser.open(page(
                "hostile",
                SampleDocument.text()
                        .replaceAll("CN=[\\w .-]+", "CN=<script>document.title='x'</script>" + "W".repeat(200))
                        .replaceAll("\"(peer|kind|name|cipherSuite|group)\": \"", "\"$1\": \"" + "x".repeat(100))));
        keepPicture("hostile-" + width + "-" + scheme, width);

        assertThat(texts(browser.evaluate(OVERFLOW.replace("WIDTH", Integer.toString(width)))))
                .isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").getAsInt())
                .isEqualTo(width);
        assertThat(browser.evaluate("document.title").getAsString()).startsWith("shop, ");
    }

    @Test
    void nothingIsRequestedAndThePolicyRefusesNothingOfIt() throws Exception {
        URI page = page("shop", SampleDocument.text());
        browser.open(page);
        browser.evaluate("1");

        assertThat(browser.events("Network.requestWillBeSent")
                        .map(event -> event.getAsJsonObject("params")
                                .getAsJsonObject("request")
                                .get("url")
                                .getAsString()))
                .containsExactly(page.toString());
        assertThat(browser.events("Log.entryAdded")).isEmpty();
        assertThat(browser.evaluate("document.scripts.length").getAsInt()).isZero();
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.badge')).borderRadius")
                        .getAsString())
                .isNotEqualTo("0px");
    }

    /** What the page's own policy is for: markup that got in would not run. */
    @Test
    void thePolicyWouldStopAScript() throws Exception {
        Path file = directory.resolve("planted.html");
        Files.writeString(
                file,
                new ServicePage(ServiceDocument.parse(SampleDocument.text()))
                        .html()
                        .replace(
                                "<main>",
                                "<main><script>document.title='run'</script><img src='" + file.toUri() + "'>"));
        browser.open(file.toUri());

        assertThat(browser.evaluate("document.title").getAsString()).startsWith("shop, ");
        assertThat(browser.events("Log.entryAdded")
                        .map(event -> event.getAsJsonObject("params")
                                .getAsJsonObject("entry")
                                .get("text")
                                .getAsString()))
                .anyMatch(text -> text.contains("script-src") || text.contains("default-src"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void tablesAndHeadingsKeepTheirMeaning(int width, String scheme) throws Exception {
        browser.look(width, scheme, 1);
        browser.open(page("shop", SampleDocument.text()));
        List<String> roles =
                browser.send("Accessibility.getFullAXTree", Map.of()).getAsJsonArray("nodes").asList().stream()
                        .map(node -> node.getAsJsonObject().getAsJsonObject("role"))
                        .filter(role -> role != null)
                        .map(role -> role.get("value").getAsString())
                        .toList();

        assertThat(roles)
                .contains("table", "row", "columnheader", "rowheader", "cell", "navigation", "main", "heading");
        assertThat(roles.stream().filter("table"::equals)).hasSize(6);
        assertThat(texts(browser.evaluate("[...document.querySelectorAll('h1, h2, h3')].map(h => h.tagName)")))
                .startsWith("H1", "H2")
                .containsOnlyOnce("H1");
        assertThat(texts(browser.evaluate(
                        "[...document.querySelectorAll('svg[role=img]')].map(s => s.getAttribute('aria-label'))")))
                .hasSize(7)
                .allMatch(label -> label.startsWith("valid from "));
        assertThat(
                        texts(
                                browser.evaluate(
                                        "[...document.querySelectorAll('nav a, .attention a')].filter(a => !document.querySelector(a.hash)).map(a => a.hash)")))
                .isEmpty();
    }

    @Test
    void thePictureOfTheDocumentationIsMade() throws Exception {
        browser.look(PICTURE_WIDTH, "light", 1);
        browser.open(page("shop", SampleDocument.text()));
        byte[] picture = browser.picture(PICTURE_WIDTH, PICTURE_HEIGHT);

        assertThat(picture).hasSizeBetween(50_000, 500_000);
        if (Boolean.getBoolean("page.picture.write")) {
            Path file = Path.of("../docs/images/describe.png");
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        }
        assertThat(Path.of("../docs/images/describe.png")).exists();
    }
}
