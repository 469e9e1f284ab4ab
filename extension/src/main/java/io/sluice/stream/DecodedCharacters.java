package io.sluice.stream;

import java.util.Arrays;

/**
 * Characters that were decoded and not taken, with the number of bytes that each came from: these bytes can still be read as bytes.
 */
final class DecodedCharacters {

    private static final int FEW = 64;

    /** Room that is kept for the next line. */
    private static final int KEPT = 1024;

    private char[] characters = new char[FEW];
    /** 0 for the second character of one sequence of bytes. */
    private int[] widths = new int[FEW];

    private int first;
    private int end;
    private int bytes;
    /** Bytes that only changed the decoder's state: they belong to the next character. */
    private int ahead;

    int size() {
        return end - first;
    }

    /** How many bytes were decoded and are not taken. */
    int bytes() {
        return bytes + ahead;
    }

    char at(int index) {
        return characters[first + index];
    }

    String text(int length) {
        return new String(characters, first, length);
    }

    /** Half of what one sequence of bytes stands for was taken. */
    boolean beginsHalfway() {
        return first < end && widths[first] == 0;
    }

    void addWidth(int width) {
        ahead += width;
    }

    void add(char character) {
        if (end == characters.length) {
            makeRoom();
        }
        characters[end] = character;
        widths[end++] = ahead;
        bytes += ahead;
        ahead = 0;
    }

    /** Takes characters; how many bytes are taken with them. */
    int take(int count) {
        int taken = 0;
        for (int last = first + count; first < last; first++) {
            taken += widths[first];
        }
        bytes -= taken;
        settle();
        return taken;
    }

    /** Leaves the bytes to whoever reads bytes. Only half of a character is kept: its bytes are taken. */
    void forget() {
        int kept = beginsHalfway() ? 1 : 0;
        end = first + kept;
        bytes = 0;
        ahead = 0;
        settle();
    }

    void drop() {
        end = first;
        bytes = 0;
        ahead = 0;
        settle();
    }

    private void makeRoom() {
        int size = size();
        int room = size > characters.length / 2 ? 2 * characters.length : characters.length;
        characters = Arrays.copyOf(Arrays.copyOfRange(characters, first, end), room);
        widths = Arrays.copyOf(Arrays.copyOfRange(widths, first, end), room);
        first = 0;
        end = size;
    }

    private void settle() {
        if (first == end) {
            first = 0;
            end = 0;
            if (characters.length > KEPT) {
                characters = new char[FEW];
                widths = new int[FEW];
            }
        }
    }
}
