package io.sluice.benchmarks.compare.server;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/** Echoes whatever comes, as one writes it with Netty. */
@ChannelHandler.Sharable
final class NettyEcho extends ChannelInboundHandlerAdapter {

    static final NettyEcho INSTANCE = new NettyEcho();

    private NettyEcho() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.write(message, context.voidPromise());
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
        ServerMain.failed("serving", cause);
        context.close();
    }
}
