package io.sluice.internal.cli.page;

import io.sluice.internal.cli.document.ServiceDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * A page about a running service. It needs nothing from elsewhere: no script, no font, no picture. Its policy forbids them, too.
 *
 * @param document what the service says
 */
public record ServicePage(ServiceDocument document) {

    private record Section(String id, String title, long count, String ifEmpty, Runnable body) {}

    /** {@return the page} */
    public String html() {
        PageStyle style = PageStyle.load();
        Html html = new Html();
        html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + style.policy() + "\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                        + "<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
                .text(document.application() + ", " + Amounts.second(document.time()) + " UTC")
                .markup("</title>\n<style>")
                .markup(style.css())
                .markup("</style>\n</head>\n<body>\n");
        List<Section> sections = sections(html);
        header(html, sections);
        html.markup("<main>\n");
        attention(html);
        sections.forEach(section -> write(html, section));
        html.markup("</main>\n<footer><p>Made by <code>sluice describe --html</code>. Nothing on this page changes the"
                + " service. All times are in UTC.</p></footer>\n</body>\n</html>\n");
        return html.toString();
    }

    private List<Section> sections(Html html) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "certificates",
                "Certificates",
                document.certificates().size(),
                "No certificate is known.",
                () -> new CertificateTable(html, document).write()));
        sections.add(new Section(
                "endpoints",
                "Endpoints",
                document.servers().size(),
                "There is no endpoint and no server.",
                () -> new EndpointTable(html, document).write()));
        sections.add(new Section(
                "connections",
                "Open connections",
                document.openConnections(),
                "No connection is open.",
                () -> new ConnectionTable(html, document).write()));
        if (document.hasJournal()) {
            sections.add(new Section(
                    "journal",
                    "Failed handshakes",
                    document.journal().size(),
                    "No handshake has failed.",
                    () -> new JournalList(html, document).write()));
        }
        if (document.hasPolicies()) {
            sections.add(new Section(
                    "policies",
                    "Policies on trial",
                    document.policies().size(),
                    "No policy is on trial.",
                    () -> new PolicyTable(html, document).write()));
        }
        sections.add(new Section(
                "contexts",
                "Contexts",
                document.contexts().size(),
                "There is no named context.",
                () -> new ContextTable(html, document).write()));
        return sections;
    }

    private void header(Html html, List<Section> sections) {
        html.markup("<header>\n<div class=\"title\"><h1>")
                .text(document.application())
                .markup("</h1><p>");
        html.markup("<time").attribute("datetime", document.time().toString()).markup(">");
        html.text(Amounts.second(document.time()) + " UTC").markup("</time>");
        document.version().ifPresent(version -> html.element("span", "Sluice " + version));
        html.markup("</p></div>\n<nav aria-label=\"Sections\"><ul>");
        sections.forEach(section -> html.markup("<li><a href=\"#" + section.id() + "\"><b>")
                .number(section.count())
                .markup("</b> ")
                .text(section.title())
                .markup("</a></li>"));
        html.markup("</ul></nav>\n</header>\n");
    }

    private void attention(Html html) {
        List<Attention> all = Attention.of(document);
        html.markup(
                "<section class=\"attention" + (all.isEmpty() ? " calm" : "") + "\" aria-labelledby=\"attention\">");
        if (all.isEmpty()) {
            html.markup("<h2 id=\"attention\">Nothing needs attention</h2></section>\n");
            return;
        }
        html.markup("<h2 id=\"attention\">Needs attention</h2><ul>");
        all.forEach(one -> html.markup("<li><span class=\"badge " + one.style() + "\">")
                .text(one.word())
                .markup("</span> <a href=\"#" + one.section() + "\">")
                .text(one.text())
                .markup("</a></li>"));
        html.markup("</ul></section>\n");
    }

    private static void write(Html html, Section section) {
        html.markup("<section aria-labelledby=\"" + section.id() + "\"><h2 id=\"" + section.id() + "\">")
                .text(section.title())
                .markup(" <span class=\"muted\">")
                .number(section.count())
                .markup("</span></h2>\n");
        if (section.count() == 0) {
            html.element("p class=\"muted\"", section.ifEmpty());
        } else {
            section.body().run();
        }
        html.markup("</section>\n");
    }
}
