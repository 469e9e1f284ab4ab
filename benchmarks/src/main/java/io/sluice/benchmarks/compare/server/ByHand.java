package io.sluice.benchmarks.compare.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * A server that accepts by hand: a thread for each port. It serves one connection after the other, or gives each to a thread of its
 * own where many are open at the same time or the threads are virtual.
 */
final class ByHand {

    private ByHand() {}

    /** Serves a connection, and closes it. */
    interface Service {
        void serve(SocketChannel channel, Talk talk) throws IOException;
    }

    /** Makes the service of a port. */
    interface Services {
        Service of(Door door) throws Exception;
    }

    static Ports start(boolean virtual, Services services) throws Exception {
        return Ports.open(door -> listen(door, services.of(door), executor(door, virtual)));
    }

    private static Executor executor(Door door, boolean virtual) {
        if (virtual) {
            return VirtualThreads.executor();
        }
        return door.concurrent() ? Executors.newCachedThreadPool() : Runnable::run;
    }

    private static int listen(Door door, Service service, Executor threads) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Ports.BACKLOG);
        new Thread(() -> accept(listening, service, door.talk(), threads), door.label()).start();
        return listening.socket().getLocalPort();
    }

    private static void accept(ServerSocketChannel listening, Service service, Talk talk, Executor threads) {
        try {
            while (true) {
                SocketChannel channel = listening.accept();
                threads.execute(() -> serve(channel, service, talk));
            }
        } catch (IOException e) {
            ServerMain.failed("accepting", e);
        }
    }

    private static void serve(SocketChannel channel, Service service, Talk talk) {
        try (channel) {
            // Else small writes wait for the client's delayed acknowledgement.
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            service.serve(channel, talk);
        } catch (IOException e) {
            ServerMain.failed(e);
        }
    }
}
