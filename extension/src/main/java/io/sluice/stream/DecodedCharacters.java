package io.sluice.stream;

import java.util.Arrays;

/**
 * Characters that were decoded and not read, with the number of bytes of each. These bytes can still be read as bytes. Not thread-safe.
 */
final class DecodedCharacters {

    private static final int FEW = 64;

    /** The capacity that is kept for the next line. */
    private static final int KEPT = 1024;

    private char[] characters = new char[FEW];
    /** The number of bytes of each character, 0 for the second half of a surrogate pair. */
    private int[] widths = new int[FEW];

    private int first;
    private int end;
    private int bytes;
    /** Bytes that only changed the decoder's state. They belong to the next character. */
    private int pendingWidth;

    int size() {
        return end - first;
    }

    /** The number of bytes that were decoded and not read. */
    int bytes() {
        return bytes + pendingWidth;
    }

    char at(int index) {
        return characters[first + index];
    }

    String text(int length) {
        return new String(characters, first, length);
    }

    /** Whether only the first half of a surrogate pair was read. */
    boolean beginsHalfway() {
        return first < end && widths[first] == 0;
    }

    void addWidth(int width) {
        pendingWidth += width;
    }

    void add(char character) {
        if (end == characters.length) {
            makeRoom();
        }
        characters[end] = character;
        widths[end++] = pendingWidth;
        bytes += pendingWidth;
        pendingWidth = 0;
    }

    /** Takes characters, and returns the number of their bytes. */
    int take(int count) {
        int taken = 0;
        for (int last = first + count; first < last; first++) {
            taken += widths[first];
        }
        bytes -= taken;
        shrinkIfEmpty();
        return taken;
    }

    /** Leaves the bytes to be read as bytes. Only half of a surrogate pair is kept, because its bytes are already consumed. */
    void undecode() {
        truncateTo(beginsHalfway() ? 1 : 0);
    }

    void clear() {
        truncateTo(0);
    }

    private void truncateTo(int size) {
        end = first + size;
        bytes = 0;
        pendingWidth = 0;
        shrinkIfEmpty();
    }

    private void makeRoom() {
        int size = size();
        int room = size > characters.length / 2 ? 2 * characters.length : characters.length;
        characters = Arrays.copyOf(Arrays.copyOfRange(characters, first, end), room);
        widths = Arrays.copyOf(Arrays.copyOfRange(widths, first, end), room);
        first = 0;
        end = size;
    }

    private void shrinkIfEmpty() {
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
