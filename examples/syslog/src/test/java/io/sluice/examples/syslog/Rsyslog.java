package io.sluice.examples.syslog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real rsyslogd, with a configuration and a log socket of its own, that sends all it is told to a collector. */
final class Rsyslog implements Closeable {

    private static final String DRIVER = "lmnsd_gtls.so";

    private final ProcessPeer process;
    private final Path socket;

    private Rsyslog(ProcessPeer process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    static Rsyslog start(Path directory, String trusted, int port) throws IOException {
        assumeTrue(driver(), "rsyslog-gnutls is not installed: this test needs rsyslogd's TLS driver");
        Path authority = Files.writeString(directory.resolve("ca.pem"), trusted);
        Path socket = directory.resolve("log");
        Path configuration =
                Files.writeString(directory.resolve("rsyslog.conf"), """
                global(workDirectory="%s" defaultNetstreamDriverCAFile="%s")
                module(load="imuxsock" SysSock.Use="off")
                input(type="imuxsock" Socket="%s" UseSpecialParser="off" RateLimit.Interval="0" ParseHostname="on")
                action(type="omfwd" target="localhost" port="%d" protocol="tcp" TCP_Framing="octet-counted"
                       Template="RSYSLOG_SyslogProtocol23Format" StreamDriver="gtls" StreamDriverMode="1"
                       StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost")
                """.formatted(directory, authority, socket, port));
        Path debian = Path.of("/usr/sbin/rsyslogd"); // Not on everybody's path.
        ProcessPeer process = ProcessPeer.start(
                Files.isExecutable(debian) ? debian.toString() : "rsyslogd",
                "-n",
                "-f",
                configuration.toString(),
                "-i",
                directory.resolve("pid").toString());
        Rsyslog rsyslog = new Rsyslog(process, socket);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(socket) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("rsyslogd has ended: " + process.output());
        }
        return rsyslog;
    }

    /** Where Debian and others keep it. */
    private static boolean driver() throws IOException {
        for (Path libraries : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            try (Stream<Path> found = Files.find(libraries, 3, (file, is) -> file.endsWith("rsyslog/" + DRIVER))) {
                if (found.findAny().isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Has {@code logger} tell it a message. */
    void log(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("logger", "--socket-errors=on", "-u", socket.toString()));
        command.addAll(Arrays.asList(arguments));
        try (ProcessPeer logger = ProcessPeer.start(command.toArray(String[]::new))) {
            String printed = logger.awaitEnd();
            if (logger.exitCode() != 0) {
                throw new IOException("logger failed: " + printed);
            }
        }
    }

    /** Lets it end as it does when a system stops. */
    void stop() throws InterruptedException {
        process.terminate();
        process.awaitEnd();
    }

    @Override
    public void close() {
        process.close();
    }
}
