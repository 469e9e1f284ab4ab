package io.sluice.it.support;

import io.sluice.testing.internal.ProcessPeer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/** A real haproxy in TCP mode on a free port, whose servers can be added and removed. */
public final class Haproxy implements Closeable {

    private static final int TRIES = 5;

    private final ProcessPeer process;
    private final Path adminSocket;
    private final int port;

    private Haproxy(ProcessPeer process, Path adminSocket, int port) {
        this.process = process;
        this.adminSocket = adminSocket;
        this.port = port;
    }

    /** Tries again with another port if somebody else has taken the free one meanwhile. */
    public static Haproxy start(Path directory, String proxyOptions, List<Integer> servers) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Haproxy haproxy = start(directory, proxyOptions, servers, freePort());
            Awaitility.await().until(() -> haproxy.answers() || !haproxy.process.isAlive());
            if (haproxy.process.isAlive()) {
                return haproxy;
            }
            System.err.println(haproxy.process.output());
        }
        throw new IOException("haproxy does not start");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static Haproxy start(Path directory, String proxyOptions, List<Integer> servers, int port)
            throws IOException {
        Path admin = directory.resolve("admin.sock");
        StringBuilder configuration = new StringBuilder("""
                global
                  stats socket %s mode 600 level admin
                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 30s
                  timeout server 30s
                frontend front
                  bind 127.0.0.1:%d
                  default_backend instances
                backend instances
                  balance roundrobin
                  option redispatch
                """.formatted(admin, port));
        for (int i = 0; i < servers.size(); i++) {
            configuration.append(
                    "  server s%d 127.0.0.1:%d check inter 100ms %s%n".formatted(i, servers.get(i), proxyOptions));
        }
        Path file = Files.writeString(directory.resolve("haproxy.cfg"), configuration);
        Path debian = Path.of("/usr/sbin/haproxy"); // It is not on the PATH of every user.
        String program = Files.isExecutable(debian) ? debian.toString() : "haproxy";
        return new Haproxy(ProcessPeer.start(program, "-db", "-f", file.toString()), admin, port);
    }

    /** Waits for its runtime API, which answers once all ports are bound. */
    private boolean answers() {
        try {
            return tell("show info").startsWith("Name: HAProxy");
        } catch (IOException e) {
            return false;
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends a command to its runtime API. */
    public String tell(String command) throws IOException {
        try (SocketChannel admin = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            admin.connect(UnixDomainSocketAddress.of(adminSocket));
            admin.write(StandardCharsets.US_ASCII.encode(command + '\n'));
            ByteBuffer answer = ByteBuffer.allocate(1 << 16);
            while (admin.read(answer) >= 0) {
                // It closes the connection after the answer.
            }
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
        }
    }

    /** Returns a field of a server from its statistics. */
    public String statistic(String server, String field) throws IOException {
        List<String> lines = tell("show stat").lines().toList();
        List<String> fields = Arrays.asList(lines.get(0).substring(2).split(","));
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(line -> line.length > 1 && line[0].equals("instances") && line[1].equals(server))
                .findFirst()
                .orElseThrow()[fields.indexOf(field)];
    }

    @Override
    public void close() {
        process.close();
    }
}
