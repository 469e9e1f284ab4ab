package io.sluice.internal.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Text for people. Labels are coloured if the text goes to a terminal. Not thread-safe. */
final class Text {

    private static final int NAME_WIDTH = 22;

    private final Ansi ansi;
    private final StringBuilder written = new StringBuilder();

    Text(Ansi ansi) {
        this.ansi = ansi;
    }

    /** {@return a number and its noun, such as "2 errors"} */
    static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Adds a line. */
    Text line(String line) {
        written.append(printable(line)).append(System.lineSeparator());
        return this;
    }

    /** Adds a line that begins with a green label. */
    Text good(String label, String rest) {
        return labelled("bold,green", label, rest);
    }

    /** Adds a line that begins with a yellow label. */
    Text doubtful(String label, String rest) {
        return labelled("bold,yellow", label, rest);
    }

    /** Adds a line that begins with a red label. */
    Text bad(String label, String rest) {
        return labelled("bold,red", label, rest);
    }

    /** Adds an empty line and a line in bold. */
    Text heading(String heading) {
        written.append(System.lineSeparator());
        return labelled("bold", heading, "");
    }

    /** Adds a name and its value. */
    Text field(String name, String value) {
        return line("  " + name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + value);
    }

    /** The label may be a name of somebody else, so it must not be read as markup. */
    private Text labelled(String styles, String label, String rest) {
        IStyle[] parsed = Style.parse(styles);
        written.append(ansi.enabled() ? Style.on(parsed) : "")
                .append(printable(label))
                .append(ansi.enabled() ? Style.off(parsed) + Style.reset.off() : "");
        return line(rest);
    }

    /** A peer's certificate or a file may contain control characters, which would command the terminal. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
