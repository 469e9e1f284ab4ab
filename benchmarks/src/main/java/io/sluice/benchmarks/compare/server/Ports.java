package io.sluice.benchmarks.compare.server;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a server listens on loopback. A server prints it as a line, which starts with {@code ready}.
 *
 * @param numbers the number of each port that it has
 */
public record Ports(Map<Door, Integer> numbers) {

    private static final String READY = "ready";

    /** Of the connections that wait to be accepted: no more than Linux has by itself. */
    static final int BACKLOG = 4096;

    /** How a port is opened. */
    interface Opening {
        int open(Door door) throws Exception;
    }

    static Ports open(Opening opening) throws Exception {
        Map<Door, Integer> numbers = new EnumMap<>(Door.class);
        for (Door door : Door.values()) {
            numbers.put(door, opening.open(door));
        }
        return new Ports(numbers);
    }

    /**
     * Reads what a server printed.
     *
     * @param line the line
     * @return the ports
     */
    public static Ports parse(String line) {
        String[] words = line.split(" ");
        if (!words[0].equals(READY)) {
            throw new IllegalArgumentException("not what a server prints if it is ready: " + line);
        }
        Map<Door, Integer> numbers = new EnumMap<>(Door.class);
        Arrays.stream(words)
                .skip(1)
                .map(word -> word.split("="))
                .forEach(pair -> numbers.put(Door.valueOf(pair[0]), Integer.valueOf(pair[1])));
        return new Ports(numbers);
    }

    /**
     * The number of a port.
     *
     * @param door which one
     * @return the number
     */
    public int number(Door door) {
        Integer number = numbers.get(door);
        if (number == null) {
            throw new IllegalArgumentException("the server has no port " + door.label());
        }
        return number;
    }

    String line() {
        return READY
                + numbers.entrySet().stream()
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
