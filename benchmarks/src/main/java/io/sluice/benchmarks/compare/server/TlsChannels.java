package io.sluice.benchmarks.compare.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/** The library tls-channel. */
final class TlsChannels {

    private TlsChannels() {}

    static ByHand.Service service(Door door, Path directory) throws IOException, GeneralSecurityException {
        if (!door.tls()) {
            return SslSockets::plain;
        }
        SSLContext context = JsseContexts.of(door, directory);
        return (channel, talk) -> {
            try (TlsChannel tls = ServerTlsChannel.newBuilder(channel, context)
                    .withEngineFactory(made -> engine(made, door))
                    .build()) {
                talk.with(input(tls), output(tls));
            }
        };
    }

    private static SSLEngine engine(SSLContext context, Door door) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(door == Door.MUTUAL);
        return engine;
    }

    private static InputStream input(ByteChannel tls) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return tls.read(ByteBuffer.wrap(target, offset, length));
            }
        };
    }

    private static OutputStream output(ByteChannel tls) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
                while (source.hasRemaining()) {
                    tls.write(source);
                }
            }
        };
    }
}
