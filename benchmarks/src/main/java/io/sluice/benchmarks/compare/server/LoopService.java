package io.sluice.benchmarks.compare.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The hand-written loop with an engine of the JDK's, or with Netty's BoringSSL engine. */
final class LoopService {

    private LoopService() {}

    static ByHand.Service jdk(Door door, Path directory) throws IOException, GeneralSecurityException {
        if (!door.tls()) {
            return SslSockets::plain;
        }
        SSLContext context = JsseContexts.of(door, directory);
        return (channel, talk) -> serve(channel, talk, () -> {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(door == Door.MUTUAL);
            return engine;
        });
    }

    static ByHand.Service boringSsl(Door door, Path directory) throws IOException, GeneralSecurityException {
        if (!door.tls()) {
            return SslSockets::plain;
        }
        SslContext context = NettyContexts.boringSsl(door, directory);
        return (channel, talk) -> serve(channel, talk, () -> context.newEngine(ByteBufAllocator.DEFAULT));
    }

    private static void serve(SocketChannel channel, Talk talk, Supplier<SSLEngine> engines) throws IOException {
        try (EngineLoop loop = new EngineLoop(channel, engines.get())) {
            loop.handshake();
            talk.with(loop.input(), loop.output());
        }
    }
}
