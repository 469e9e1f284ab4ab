package io.sluice.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An application on the server, which answers over HTTP. */
record Deployed(URI address) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /**
     * Runs a check in the application.
     *
     * @param check its name
     * @param parameters names and values, in turn
     * @return its answer
     * @throws AssertionError with what the check threw
     */
    String ask(String check, Object... parameters) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("check/").append(check);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1].toString(), StandardCharsets.UTF_8));
        }
        return get(query.toString());
    }

    /** Returns its answer to a path. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Checks only whether the application is there. */
    void open() throws IOException, InterruptedException {
        ask("alive");
    }

    /** Returns the port of one of its endpoints. */
    int port(String endpoint) throws IOException, InterruptedException {
        return Integer.parseInt(ask("port", "endpoint", endpoint));
    }
}
