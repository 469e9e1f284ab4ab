package io.sluice.it.server.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What observers of reloads have found, a line for each. */
@ApplicationScoped
@CheckName("rotation")
public class RotationCheck implements Check {

    @Inject
    RotationObserver observer;

    @Override
    public String run(Map<String, String> parameters) {
        return new TreeMap<>(observer.notes())
                .entrySet().stream()
                        .map(note -> note.getKey() + "=" + note.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
