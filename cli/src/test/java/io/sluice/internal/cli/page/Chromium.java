package io.sluice.internal.cli.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A browser without a window, driven by its own protocol (Chrome DevTools Protocol). Its tests are skipped where it is not installed. */
final class Chromium implements Closeable {

    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final long SECONDS = 30;

    private final ProcessPeer process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private int last;
    private String session = "";

    private Chromium(ProcessPeer process, String address) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Receiver())
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** Collects messages, which may come in parts. */
    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            partial.append(data);
            if (isLast) {
                JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
                partial.setLength(0);
                if (message.has("id")) {
                    answers.remove(message.get("id").getAsInt()).complete(message);
                } else {
                    events.add(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    static Chromium start(Path profile) throws Exception {
        ProcessPeer process = ProcessPeer.start(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        process.awaitOutput("DevTools listening on ws://");
        process.awaitOutputAfter(process.output().indexOf("DevTools listening"), "\n");
        Matcher address = ADDRESS.matcher(process.output());
        if (!address.find()) {
            throw new IOException(process.output());
        }
        Chromium browser = new Chromium(process, address.group(1));
        browser.attach();
        return browser;
    }

    private void attach() throws Exception {
        String target = send("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .getAsString();
        session = send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .getAsString();
        for (String domain : new String[] {"Page", "Network", "Log", "Runtime"}) {
            send(domain + ".enable", Map.of());
        }
    }

    /** Sends a command and waits for its answer. */
    JsonObject send(String method, Map<String, ?> parameters) throws Exception {
        JsonObject message = new JsonObject();
        int id = ++last;
        message.addProperty("id", id);
        message.addProperty("method", method);
        message.add("params", json(parameters));
        if (!session.isEmpty()) {
            message.addProperty("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        JsonObject received = answer.get(SECONDS, TimeUnit.SECONDS);
        if (received.has("error")) {
            throw new IOException(method + ": " + received.get("error"));
        }
        return received.getAsJsonObject("result");
    }

    private static JsonElement json(Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, member) -> object.add((String) name, json(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(one -> array.add(json(one)));
            return array;
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive((String) value);
    }

    /** Sets the width of the window and the scheme of colours. */
    void look(int width, String scheme, double scale) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 1000, "deviceScaleFactor", scale, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Opens a page, and waits until it is complete. */
    void open(URI page) throws Exception {
        events.clear();
        send("Page.navigate", Map.of("url", page.toString()));
        Awaitility.await("load of " + page)
                .until(() -> events("Page.loadEventFired").findAny().isPresent());
    }

    /** What has happened since the page was opened. */
    Stream<JsonObject> events(String method) {
        return events.stream().filter(event -> event.get("method").getAsString().equals(method));
    }

    /** The value of an expression, which the debugger evaluates, not the page. */
    JsonElement evaluate(String expression) throws Exception {
        JsonObject result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(result.get("exceptionDetails").toString());
        }
        return result.getAsJsonObject("result").get("value");
    }

    /** A picture of the page from its top. */
    byte[] picture(int width, double height) throws Exception {
        Map<String, ?> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
        String data = send("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
                .get("data")
                .getAsString();
        return Base64.getDecoder().decode(data);
    }

    /** Its processes write into the profile until they have ended. */
    @Override
    public void close() throws IOException {
        try {
            session = "";
            send("Browser.close", Map.of());
            process.awaitEnd();
        } catch (Exception e) {
            throw new IOException("Chromium does not end", e);
        } finally {
            socket.abort();
            process.close();
        }
    }
}
