package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import io.sluice.benchmarks.compare.server.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Debian's nginx with its stream module, as a reference: a process that answers each connection with a byte. */
final class Nginx implements Server {

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");
    private static final Set<Row> ROWS = Set.of(Row.EC, Row.RSA, Row.RESUMED, Row.MUTUAL);

    private final Process process;
    private final Ports ports;

    private Nginx(Process process, Ports ports) {
        this.process = process;
        this.ports = ports;
    }

    /** Starts it, if it is installed. */
    static Optional<Server> start(Path directory, Path keys) throws IOException {
        if (!Files.exists(MODULE)) {
            System.out.println("nginx is omitted, because it is not installed (nginx-light and libnginx-mod-stream)");
            return Optional.empty();
        }
        Map<Door, Integer> numbers = new EnumMap<>(Door.class);
        StringBuilder servers = new StringBuilder();
        for (Door door : new Door[] {Door.EC, Door.RSA, Door.MUTUAL}) {
            numbers.put(door, freePort());
            servers.append(server(door, numbers.get(door), keys));
        }
        Path configuration =
                Files.writeString(directory.resolve("nginx.conf"), """
                load_module %s;
                daemon off;
                master_process off;
                pid %s/nginx.pid;
                error_log stderr crit;
                events { worker_connections 1024; }
                stream {
                  tcp_nodelay on;
                  ssl_protocols TLSv1.3;
                  ssl_ecdh_curve X25519;
                  ssl_session_tickets on;
                %s}
                """.formatted(MODULE, directory, servers));
        Process process = new ProcessBuilder(Cores.SERVER
                        .pinned(Command.of("nginx", "-p", directory.toString(), "-c", configuration.toString()))
                        .words())
                .inheritIO()
                .start();
        // It does not end with its standard input, as the others do.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitListening(process, numbers.get(Door.MUTUAL));
        return Optional.of(new Nginx(process, new Ports(numbers)));
    }

    private static void awaitListening(Process process, int port) throws IOException {
        while (process.isAlive()) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (ConnectException e) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("nginx has ended with " + process.exitValue());
    }

    private static String server(Door door, int port, Path keys) {
        String key = door == Door.RSA ? "rsa" : "ec";
        String client = door == Door.MUTUAL
                ? " ssl_verify_client on; ssl_client_certificate " + Certificates.certificateFile(keys, "client") + ";"
                : "";
        return "  server { listen 127.0.0.1:%d ssl; ssl_certificate %s; ssl_certificate_key %s;%s return '*'; }%n"
                .formatted(port, Certificates.certificateFile(keys, key), Certificates.keyFile(keys, key), client);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String label() {
        return "nginx, OpenSSL 3";
    }

    @Override
    public int jdk() {
        return 0;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public boolean can(Row row) {
        return ROWS.contains(row);
    }

    @Override
    public String kind(Row row) {
        return row.kind() + "+first";
    }

    @Override
    public void close() {
        process.destroy();
    }
}
