package io.sluice.examples.records;

import io.sluice.server.ServerConnection;
import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Answers requests, a line each: {@code GET key}, {@code PUT key value}, {@code DELETE key}, {@code WHO}. */
@ApplicationScoped
public class RecordsService {

    @Inject
    Records records;

    @Inject
    Caller caller;

    @SocketEndpoint(value = "records", port = 7443)
    void serve(LineStream stream, ServerConnection connection) throws IOException {
        for (Optional<String> request = stream.readLine(); request.isPresent(); request = stream.readLine()) {
            stream.writeLine(answer(request.get()));
            if (connection.shouldFinish()) {
                return; // The application is stopping, and the last request has been answered.
            }
        }
    }

    private String answer(String request) {
        String[] words = request.split(" +", 3);
        String command = words[0].toUpperCase(Locale.ROOT) + "/" + (words.length - 1);
        try {
            return switch (command) {
                case "GET/1" ->
                    records.get(words[1]).map(value -> "VALUE " + value).orElse("NONE");
                case "PUT/2" -> records.put(words[1], words[2]) ? "OK" : "FULL";
                case "DELETE/1" -> records.delete(words[1]) ? "OK" : "NONE";
                case "WHO/0" -> "YOU " + caller;
                default -> "BAD request: use GET key, PUT key value, DELETE key or WHO";
            };
        } catch (DeniedException e) {
            return "DENIED " + e.getMessage();
        }
    }
}
