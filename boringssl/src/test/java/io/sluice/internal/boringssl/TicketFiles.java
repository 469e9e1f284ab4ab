package io.sluice.internal.boringssl;

import io.sluice.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The files that servers with common tickets share, and their configuration.
 *
 * @param authority signs all certificates
 * @param directory contains the files
 */
record TicketFiles(TestAuthority authority, Path directory) {

    /** JSSE looks for a session by host and port, and each node has its own port. */
    private static final class NodeSocket extends Socket {
        @Override
        public int getPort() {
            return 1;
        }
    }

    static String key() {
        byte[] random = new byte[80];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    Path keyFile() {
        return directory.resolve("ticket.keys");
    }

    void keys(String... keys) throws IOException {
        Path fresh = directory.resolve("ticket.keys.new");
        Files.writeString(fresh, Arrays.stream(keys).collect(Collectors.joining("\n", "# of a test\n\n", "\n")));
        Files.move(fresh, keyFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    void certificate() throws IOException {
        authority.issue("localhost").write(directory, "web");
    }

    void trust(TestAuthority... trusted) throws IOException {
        Files.writeString(
                directory.resolve("trust.pem"),
                Arrays.stream(trusted).map(TestAuthority::pem).collect(Collectors.joining()));
    }

    /** Keys without the prefix of the context are added, or removed if they have no value. */
    Map<String, String> properties(String... others) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("engine", "boringssl");
        properties.put("key-store.pem.0.cert", directory + "/web.crt");
        properties.put("key-store.pem.0.key", directory + "/web.key");
        properties.put("trust-store.pem.certs", directory + "/trust.pem");
        properties.put("client-auth", "need");
        properties.put("client-auth.allow.dns", "client");
        properties.put("session.ticket-keys", keyFile().toString());
        properties.put("reload-period", "off");
        for (int i = 0; i < others.length; i += 2) {
            properties.put(others[i], others[i + 1]);
        }
        properties.values().removeIf(String::isEmpty);
        return properties.entrySet().stream()
                .collect(Collectors.toMap(entry -> "sluice.ssl.web." + entry.getKey(), Map.Entry::getValue));
    }

    /** The answer to a connection of a JSSE client, which keeps its sessions in its context. */
    static String ask(SSLContext client, String protocol, int port) throws IOException {
        return ask(client, protocol, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static String ask(SSLContext client, String protocol, InetSocketAddress server) throws IOException {
        try (Socket raw = new NodeSocket()) {
            raw.connect(server, 20_000);
            raw.setSoTimeout(20_000);
            try (SSLSocket tls =
                    (SSLSocket) client.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true)) {
                tls.setEnabledProtocols(new String[] {protocol});
                tls.getOutputStream().write("?\n".getBytes(StandardCharsets.US_ASCII));
                StringBuilder answer = new StringBuilder();
                for (int c = tls.getInputStream().read();
                        c >= 0 && c != '\n';
                        c = tls.getInputStream().read()) {
                    answer.append((char) c);
                }
                return answer.toString();
            }
        }
    }
}
