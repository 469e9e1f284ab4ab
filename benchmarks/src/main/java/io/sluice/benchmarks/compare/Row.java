package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import java.util.stream.Stream;

/** What is measured of every server that can do it. */
enum Row {
    EC("full, EC", Unit.MICROS, Door.EC, "ec"),
    RSA("full, RSA", Unit.MICROS, Door.RSA, "rsa"),
    RESUMED("resumed", Unit.MICROS, Door.EC, "ec+resumed"),
    MUTUAL("mutual, EC", Unit.MICROS, Door.MUTUAL, "ec+mutual"),
    PLAIN("no TLS", Unit.MICROS, Door.PLAIN, "plain"),
    HYBRID("full, EC, X25519MLKEM768", Unit.MICROS, Door.EC, "ec"),
    DOWN_16("down, 16 KiB", Unit.MEGABYTES, Door.BULK, "ec"),
    DOWN_64("down, 64 KiB", Unit.MEGABYTES, Door.BULK, "ec"),
    UP_16("up, 16 KiB", Unit.MEGABYTES, Door.BULK, "ec"),
    UP_64("up, 64 KiB", Unit.MEGABYTES, Door.BULK, "ec"),
    TRIPS_1("1 connection", Unit.MICROS, Door.MANY, "ec"),
    TRIPS_64("64 connections", Unit.MICROS, Door.MANY, "ec"),
    FIRST("first connection", Unit.MILLIS, Door.EC, "ec"),
    NEXT_50("CPU of each of the next 50", Unit.MILLIS, Door.EC, "ec"),
    WRITES("writes", Unit.CALLS, Door.EC, "ec"),
    READS("reads", Unit.CALLS, Door.EC, "ec");

    /** What a figure counts. */
    enum Unit {
        MICROS("µs", false),
        MILLIS("ms", false),
        MEGABYTES("MB per CPU s", true),
        CALLS("calls", false);

        private final String label;
        private final boolean moreIsBetter;

        Unit(String label, boolean moreIsBetter) {
            this.label = label;
            this.moreIsBetter = moreIsBetter;
        }

        String label() {
            return label;
        }

        boolean moreIsBetter() {
            return moreIsBetter;
        }
    }

    static Row labelled(String label) {
        return Stream.of(values())
                .filter(row -> row.label.equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no such row: " + label));
    }

    private final String label;
    private final Unit unit;
    private final Door door;
    private final String kind;

    Row(String label, Unit unit, Door door, String kind) {
        this.label = label;
        this.unit = unit;
        this.door = door;
        this.kind = kind;
    }

    String label() {
        return label;
    }

    Unit unit() {
        return unit;
    }

    Door door() {
        return door;
    }

    /** In the words of the load client. */
    String kind() {
        return kind;
    }
}
