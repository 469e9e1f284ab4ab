package io.sluice.benchmarks.compare.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A server as one writes it with Netty: epoll, and a pipeline of the TLS handler and the echo. */
final class NettyServer {

    private NettyServer() {}

    static Ports start(Path directory, boolean boringSsl, boolean messages) throws Exception {
        // A loop for each core is what suits it best, and the server has one core.
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        return Ports.open(door -> listen(loop, door, tls(door, directory, boringSsl), messages));
    }

    private static Optional<SslContext> tls(Door door, Path directory, boolean boringSsl) throws Exception {
        if (!door.tls()) {
            return Optional.empty();
        }
        return Optional.of(boringSsl ? NettyContexts.boringSsl(door, directory) : NettyContexts.jdk(door, directory));
    }

    private static int listen(EventLoopGroup loop, Door door, Optional<SslContext> tls, boolean messages) {
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Ports.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(door, tls, messages))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private final Door door;
        private final Optional<SslContext> tls;
        private final boolean messages;

        Pipeline(Door door, Optional<SslContext> tls, boolean messages) {
            this.door = door;
            this.tls = tls;
            this.messages = messages;
        }

        @Override
        protected void initChannel(Channel channel) {
            tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
            if (messages) {
                channel.pipeline().addLast(new NettyMessages.Decoder(), NettyMessages.INSTANCE);
                return;
            }
            channel.pipeline().addLast(door == Door.BULK ? new NettyBulk() : NettyEcho.INSTANCE);
        }
    }
}
