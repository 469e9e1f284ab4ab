package io.sluice.internal.cli.jmx;

import java.net.MalformedURLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXServiceURL;

/** Where a running service is. */
public sealed interface ServiceAddress {

    /**
     * A process of this machine.
     *
     * @param id its process id
     */
    record LocalProcess(long id) implements ServiceAddress {

        @Override
        public String toString() {
            return "process " + id;
        }
    }

    /**
     * The port of a JVM's own JMX agent.
     *
     * @param host the host
     * @param port the port of its registry
     */
    record Agent(String host, int port) implements ServiceAddress {

        JMXServiceURL url() throws MalformedURLException {
            String authority = host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
            return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + authority + "/jmxrmi");
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * Anything else that JMX reaches.
     *
     * @param url its URL
     */
    record Url(JMXServiceURL url) implements ServiceAddress {

        @Override
        public String toString() {
            return url.toString();
        }
    }

    /** A host and a port; an IPv6 address is in brackets. */
    Pattern HOST_PORT = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\s/\\[\\]]+)):(\\d{1,5})");

    /** A process id. */
    Pattern PROCESS = Pattern.compile("\\d{1,18}");

    /** The highest port. */
    int HIGHEST_PORT = 65_535;

    /**
     * Reads an address.
     *
     * @param text a process id, a host and a port, or a service URL of JMX
     * @return the address
     * @throws IllegalArgumentException if the text is none of these; its message says so
     */
    static ServiceAddress parse(String text) {
        String stripped = text.strip();
        if (PROCESS.matcher(stripped).matches()) {
            return new LocalProcess(Long.parseLong(stripped));
        }
        if (stripped.startsWith("service:")) {
            try {
                return new Url(new JMXServiceURL(stripped));
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException("'" + text + "' is not a service URL of JMX: " + e.getMessage(), e);
            }
        }
        Matcher matcher = HOST_PORT.matcher(stripped);
        if (matcher.matches()) {
            int port = Integer.parseInt(matcher.group(3));
            if (port >= 1 && port <= HIGHEST_PORT) {
                return new Agent(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a service. Write the id of a process of this machine,"
                + " host:port of a JMX agent, or a URL that begins with service:jmx:");
    }
}
