package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program and its arguments. */
final class Command {

    private final List<String> words;

    private Command(List<String> words) {
        this.words = words;
    }

    static Command of(String... words) {
        return new Command(List.of(words));
    }

    Command with(String... more) {
        return with(List.of(more));
    }

    Command with(List<String> more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return new Command(all);
    }

    List<String> words() {
        return words;
    }

    /** Runs it to its end; what it prints is the result, or the reason of the failure. */
    String run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", words) + " ended with " + code + ": " + printed.strip());
        }
        return printed;
    }
}
