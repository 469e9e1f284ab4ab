package io.sluice.benchmarks.compare.server;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/** Sluice where the application accepts: an injected creator makes a stream of each socket. */
final class CreatedStreams {

    private CreatedStreams() {}

    static ByHand.Services services(Path directory, boolean boringSsl) {
        Application application = Weld.start(Weld.contexts(directory, boringSsl), Application.class)
                .select(Application.class)
                .get();
        return door -> service(application.creator(door));
    }

    private static ByHand.Service service(SocketStreamCreator creator) {
        return (channel, talk) -> {
            try (SocketStream stream =
                    creator.create(channel.socket(), SocketStream.class).orElseThrow()) {
                talk.with(stream.input(), stream.output());
            }
        };
    }

    /** What an application declares. */
    @ApplicationScoped
    static class Application {

        @Inject
        @SslContext(value = "ec", errorp = true)
        private SocketStreamCreator ec;

        @Inject
        @SslContext(value = "rsa", errorp = true)
        private SocketStreamCreator rsa;

        @Inject
        @SslContext(value = "mutual", errorp = true)
        private SocketStreamCreator mutual;

        @Inject
        @SslContext(value = "bulk", errorp = true)
        private SocketStreamCreator bulk;

        @Inject
        @SslContext(value = "many", errorp = true)
        private SocketStreamCreator many;

        @Inject
        @SslContext(value = "none", errorp = true)
        private SocketStreamCreator plain;

        SocketStreamCreator creator(Door door) {
            return switch (door) {
                case EC -> ec;
                case RSA -> rsa;
                case MUTUAL -> mutual;
                case BULK -> bulk;
                case MANY -> many;
                case PLAIN -> plain;
            };
        }
    }
}
