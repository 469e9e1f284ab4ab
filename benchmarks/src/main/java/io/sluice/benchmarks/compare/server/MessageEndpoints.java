package io.sluice.benchmarks.compare.server;

import io.sluice.message.FrameCodec;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Sluice where it calls a method for each message: an endpoint for each port. */
final class MessageEndpoints {

    private MessageEndpoints() {}

    static Ports start(Path directory, boolean boringSsl, boolean virtual) throws Exception {
        Map<String, String> settings = Weld.contexts(directory, boringSsl);
        for (Door door : Door.values()) {
            String prefix = "sluice.endpoint." + door.label() + ".";
            settings.put(prefix + "ssl", door.tls() ? door.label() : "none");
            settings.put(prefix + "threads", virtual ? "virtual" : "platform");
            settings.put(prefix + "backlog", Integer.toString(Ports.BACKLOG));
        }
        SocketServers servers = Weld.start(settings, Application.class, Arrived.class)
                .select(SocketServers.class)
                .get();
        return Ports.open(door -> servers.named(door.label())
                .map(SocketServer::address)
                .orElseThrow()
                .getPort());
    }

    /** A frame is what has arrived: a byte or 64 bytes. */
    @ApplicationScoped
    static class Arrived implements FrameCodec<byte[]> {

        @Override
        public long frameLength(ByteBuffer received, int examined) {
            return received.remaining();
        }

        @Override
        public byte[] decode(ByteBuffer frame) {
            byte[] message = new byte[frame.remaining()];
            frame.get(message);
            return message;
        }

        @Override
        public ByteBuffer[] encode(byte[] message) {
            return new ByteBuffer[] {ByteBuffer.wrap(message)};
        }
    }

    /** What an application declares. */
    @ApplicationScoped
    static class Application {

        @SocketEndpoint(value = "ec", port = 0, address = "localhost")
        byte[] ec(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "rsa", port = 0, address = "localhost")
        byte[] rsa(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "mutual", port = 0, address = "localhost")
        byte[] mutual(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "bulk", port = 0, address = "localhost")
        byte[] bulk(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "many", port = 0, address = "localhost")
        byte[] many(byte[] message) {
            return message;
        }

        @SocketEndpoint(value = "plain", port = 0, address = "localhost")
        byte[] plain(byte[] message) {
            return message;
        }
    }
}
