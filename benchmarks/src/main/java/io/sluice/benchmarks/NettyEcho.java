package io.sluice.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** The echo server as one writes it with Netty: a pipeline of the TLS handler and the echo. */
final class NettyEcho {

    private NettyEcho() {}

    static EchoPorts onJdkEngine(Path store) throws IOException, GeneralSecurityException {
        return start(store, SslProvider.JDK);
    }

    static EchoPorts onBoringSsl(Path store) throws IOException, GeneralSecurityException {
        return start(store, SslProvider.OPENSSL);
    }

    private static EchoPorts start(Path store, SslProvider provider) throws IOException, GeneralSecurityException {
        SslContext tls = SslContextBuilder.forServer(StoredKey.keyManagers(store))
                .sslProvider(provider)
                .build();
        // A loop for each core is what suits it best, and the server has one core.
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        return new EchoPorts(listen(loop, Optional.of(tls)), listen(loop, Optional.empty()));
    }

    private static int listen(EventLoopGroup loop, Optional<SslContext> tls) {
        Channel listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, EchoPorts.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Pipeline(tls))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private static final Echo ECHO = new Echo();

        private final Optional<SslContext> tls;

        Pipeline(Optional<SslContext> tls) {
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
            channel.pipeline().addLast(ECHO);
        }
    }

    @ChannelHandler.Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write((ByteBuf) message, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** Ends where the client says close_notify, as one that reads a stream to its end does. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslCloseCompletionEvent) {
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.err.println("serving: " + cause);
            context.close();
        }
    }
}
