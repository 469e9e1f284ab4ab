package io.sluice.benchmarks.compare.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.List;

/** Echoes messages, as one writes it with Netty: a decoder makes arrays of what has arrived, and the handler replies to each. */
@ChannelHandler.Sharable
final class NettyMessages extends SimpleChannelInboundHandler<byte[]> {

    static final NettyMessages INSTANCE = new NettyMessages();

    private NettyMessages() {}

    /** The same frames as {@link MessageEndpoints}. */
    static final class Decoder extends ByteToMessageDecoder {

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            byte[] message = new byte[in.readableBytes()];
            in.readBytes(message);
            out.add(message);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, byte[] message) {
        context.writeAndFlush(Unpooled.wrappedBuffer(message), context.voidPromise());
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
