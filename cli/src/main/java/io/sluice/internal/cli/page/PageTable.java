package io.sluice.internal.cli.page;

import java.util.List;
import java.util.function.Consumer;

/**
 * A table whose rows become blocks on narrow screens. A changed display takes the meaning from a table's elements, so their roles are
 * named.
 */
final class PageTable {

    /**
     * A column.
     *
     * @param label its heading
     * @param style the class of its cells
     */
    record Column(String label, String style) {

        static Column text(String label) {
            return new Column(label, "t");
        }

        static Column number(String label) {
            return new Column(label, "n");
        }

        static Column wide(String label) {
            return new Column(label, "w");
        }
    }

    private final Html html;
    private final List<Column> columns;

    private PageTable(Html html, List<Column> columns) {
        this.html = html;
        this.columns = columns;
    }

    /** Begins a table. The last heading may have more than its label. */
    static PageTable begin(Html html, String caption, String style, Consumer<Html> lastHeading, List<Column> columns) {
        html.markup("<table role=\"table\" class=\"" + style + "\"><caption class=\"unseen\">")
                .text(caption)
                .markup("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
        for (int i = 0; i < columns.size(); i++) {
            html.markup("<th role=\"columnheader\" scope=\"col\" class=\""
                            + columns.get(i).style() + "\">")
                    .text(columns.get(i).label());
            if (i == columns.size() - 1) {
                lastHeading.accept(html);
            }
            html.markup("</th>");
        }
        html.markup("</tr></thead><tbody role=\"rowgroup\">\n");
        return new PageTable(html, columns);
    }

    static PageTable begin(Html html, String caption, List<Column> columns) {
        return begin(html, caption, "plain", last -> {}, columns);
    }

    /** Adds a row, whose first cell is its heading. */
    void row(List<Consumer<Html>> cells) {
        html.markup("<tr role=\"row\">");
        for (int i = 0; i < columns.size(); i++) {
            cell(i, cells.get(i));
        }
        html.markup("</tr>\n");
    }

    private void cell(int i, Consumer<Html> content) {
        Html inner = new Html();
        content.accept(inner);
        String tag = i == 0 ? "th" : "td";
        String empty = inner.length() == 0 ? " empty" : "";
        html.markup("<" + tag + (i == 0 ? " role=\"rowheader\" scope=\"row\"" : " role=\"cell\"") + " class=\""
                        + columns.get(i).style() + empty + "\"")
                .attribute("data-label", columns.get(i).label())
                .markup("><div>")
                .markup(inner.toString())
                .markup("</div></" + tag + ">");
    }

    void end() {
        html.markup("</tbody></table>\n");
    }
}
