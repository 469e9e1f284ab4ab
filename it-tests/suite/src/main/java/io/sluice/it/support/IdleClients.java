package io.sluice.it.support;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens plaintext connections from a process of its own, to several loopback addresses. Then, for each line of its standard input, it sends
 * a line on all of them and reads all replies. Arguments: port, number of connections, connections of each address.
 */
public final class IdleClients {

    private IdleClients() {}

    /** Runs the process. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int ofEach = Integer.parseInt(arguments[2]);
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            open.add(SocketChannel.open(new InetSocketAddress("127.0.0." + (1 + i / ofEach), port)));
        }
        talk(open);
        System.out.println("open");
        while (System.in.read() >= 0) {
            long start = System.nanoTime();
            talk(open);
            System.out.println("answered within " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    private static void talk(List<SocketChannel> open) throws IOException {
        for (SocketChannel channel : open) {
            channel.write(StandardCharsets.US_ASCII.encode("a\n"));
        }
        ByteBuffer reply = ByteBuffer.allocate(2);
        for (SocketChannel channel : open) {
            reply.clear();
            while (reply.hasRemaining()) {
                if (channel.read(reply) < 0) {
                    throw new IOException("a connection has ended");
                }
            }
            if (reply.get(0) != 'A') {
                throw new IOException("another reply: " + reply.get(0));
            }
        }
    }
}
