package io.sluice.benchmarks.compare.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;

/** The JVM of the client that offers X25519MLKEM768 alone. */
public final class HybridClientMain {

    private static final String SUITE = "TLS_AES_128_GCM_SHA256";

    private HybridClientMain() {}

    /**
     * Answers each line, a port and a number of connections, with {@code ok} or with what went wrong.
     *
     * @param arguments none
     * @throws IOException if BoringSSL is missing
     */
    public static void main(String[] arguments) throws IOException {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .protocols("TLSv1.3")
                .endpointIdentificationAlgorithm(null)
                .option(OpenSslContextOption.GROUPS, new String[] {"X25519MLKEM768"})
                .build();
        System.out.println("ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            System.out.println(connect(context, Integer.parseInt(words[0]), Integer.parseInt(words[1])));
        }
    }

    private static String connect(SslContext context, int port, int count) {
        try {
            for (int i = 0; i < count; i++) {
                connect(context, port);
            }
            return "ok";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void connect(SslContext context, int port) throws IOException {
        SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT);
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                EngineLoop loop = new EngineLoop(channel, engine)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            loop.handshake();
            String suite = engine.getSession().getCipherSuite();
            if (!suite.equals(SUITE)) {
                throw new IOException("the cipher suite is " + suite + ", not " + SUITE);
            }
            loop.output().write(42);
            if (loop.input().read() != 42) {
                throw new IOException("another byte came back");
            }
            loop.closeOutput();
            if (loop.input().read() >= 0) {
                throw new IOException("the server sent more than was asked for");
            }
        }
    }
}
