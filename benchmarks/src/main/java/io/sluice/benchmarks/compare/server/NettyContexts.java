package io.sluice.benchmarks.compare.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Netty's contexts, with BoringSSL or with the JDK's engine. */
final class NettyContexts {

    private static final String[] GROUPS = {"X25519MLKEM768", "X25519"};

    private NettyContexts() {}

    static SslContext boringSsl(Door door, Path directory) throws IOException, GeneralSecurityException {
        SslContext context = builder(door, directory)
                .sslProvider(SslProvider.OPENSSL)
                .option(OpenSslContextOption.GROUPS, GROUPS)
                .build();
        OpenSslServerSessionContext sessions = (OpenSslServerSessionContext) context.sessionContext();
        // Without a key it sends no tickets.
        sessions.setTicketKeys(new OpenSslSessionTicketKey(
                random(OpenSslSessionTicketKey.NAME_SIZE),
                random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                random(OpenSslSessionTicketKey.AES_KEY_SIZE)));
        sessions.setSessionIdContext(new byte[] {1});
        return context;
    }

    static SslContext jdk(Door door, Path directory) throws IOException, GeneralSecurityException {
        return builder(door, directory).sslProvider(SslProvider.JDK).build();
    }

    private static SslContextBuilder builder(Door door, Path directory) throws IOException, GeneralSecurityException {
        return SslContextBuilder.forServer(JsseContexts.keyManagers(door, directory))
                .trustManager(JsseContexts.trustManagers(directory))
                .clientAuth(door == Door.MUTUAL ? ClientAuth.REQUIRE : ClientAuth.NONE);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
