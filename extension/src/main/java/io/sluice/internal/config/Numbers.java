package io.sluice.internal.config;

import java.util.Optional;

/** Reads whole numbers. */
final class Numbers {

    private Numbers() {}

    /** The number, if the text is one from the least to the most. */
    static Optional<Integer> parse(String text, int least, int most) {
        try {
            return Optional.of(Integer.parseInt(text.strip())).filter(number -> number >= least && number <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
