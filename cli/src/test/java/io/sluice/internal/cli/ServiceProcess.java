package io.sluice.internal.cli;

import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running {@link SampleService}. */
final class ServiceProcess implements Closeable {

    private static final Pattern READY = Pattern.compile("ready (\\d+) \\.");
    private static final Pattern REMOTE = Pattern.compile("jndi/rmi://[^/]*:(\\d+)/jmxrmi");

    private final ProcessPeer process;

    private ServiceProcess(ProcessPeer process) {
        this.process = process;
    }

    static ServiceProcess start(ChildJvm jvm, String document, String... applications) throws IOException {
        String[] arguments = new String[applications.length + 1];
        arguments[0] = document;
        System.arraycopy(applications, 0, arguments, 1, applications.length);
        ServiceProcess started = new ServiceProcess(jvm.start(arguments));
        started.process.awaitOutput("ready ");
        started.process.awaitOutput(" .");
        return started;
    }

    /** A JVM whose JMX agent listens on any free port. */
    static ChildJvm withAgent(boolean authenticates, boolean hasTls) {
        return ChildJvm.of(SampleService.class)
                .property("com.sun.management.jmxremote.port", "0")
                .property("com.sun.management.jmxremote.authenticate", Boolean.toString(authenticates))
                .property("com.sun.management.jmxremote.ssl", Boolean.toString(hasTls))
                .property("java.rmi.server.hostname", "localhost");
    }

    private static String found(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + output);
        }
        return matcher.group(1);
    }

    String id() {
        return found(READY, process.output());
    }

    /** The JVM tells the port of its agent nobody but jcmd. */
    String agent() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try (ProcessPeer status = ProcessPeer.start(jcmd, id(), "PerfCounter.print")) {
            return "localhost:" + found(REMOTE, status.awaitEnd());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
