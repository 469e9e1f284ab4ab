package io.sluice.internal.cli.page;

/** HTML that is being written. Markup is this program's; everything else passes through {@link #text} and cannot become markup. Not thread-safe. */
final class Html {

    private final StringBuilder written = new StringBuilder();

    /** Adds markup, which is a constant of this program. */
    Html markup(String constant) {
        written.append(constant);
        return this;
    }

    /** Adds text. */
    Html text(String text) {
        written.append(escaped(text));
        return this;
    }

    /** Adds a number. */
    Html number(long number) {
        return text(Amounts.count(number));
    }

    /** Adds an element with a text. */
    Html element(String tag, String text) {
        int end = tag.indexOf(' ');
        return markup("<" + tag + ">").text(text).markup("</" + (end < 0 ? tag : tag.substring(0, end)) + ">");
    }

    /** Adds the value of an attribute, with its quotes. */
    Html attribute(String name, String value) {
        return markup(" " + name + "=\"").text(value).markup("\"");
    }

    int length() {
        return written.length();
    }

    /**
     * Besides what is markup, characters that are invisible or turn the direction of what follows are shown as what they are: a subject
     * must not look like another one.
     */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    if (isVisible(c)) {
                        escaped.appendCodePoint(c);
                    } else {
                        escaped.append(String.format("\\u%04x", c));
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static boolean isVisible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.PRIVATE_USE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
