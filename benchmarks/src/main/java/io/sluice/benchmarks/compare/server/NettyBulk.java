package io.sluice.benchmarks.compare.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/** Bytes in bulk with Netty: writes as long as the channel takes them, then flushes. The blocks are arrays, as they are elsewhere. */
final class NettyBulk extends ChannelInboundHandlerAdapter {

    private ByteBuf request = Unpooled.EMPTY_BUFFER;
    private byte[] block = {};
    private int blocks;
    private long toReceive;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        request = context.alloc().buffer(Talk.REQUEST);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (request.writableBytes() > 0) {
                request.writeBytes(bytes, Math.min(request.writableBytes(), bytes.readableBytes()));
                if (request.writableBytes() > 0) {
                    return;
                }
                begin(context);
            }
            receive(context, bytes.readableBytes());
        } finally {
            bytes.release();
        }
    }

    private void begin(ChannelHandlerContext context) {
        boolean up = request.readBoolean();
        block = new byte[request.readInt()];
        blocks = request.readInt();
        request.release();
        request = Unpooled.EMPTY_BUFFER;
        if (up) {
            toReceive = (long) blocks * block.length;
            blocks = 0;
        } else {
            send(context);
        }
    }

    private void receive(ChannelHandlerContext context, int bytes) {
        if (toReceive > 0) {
            toReceive -= bytes;
            if (toReceive == 0) {
                context.writeAndFlush(context.alloc().buffer(1).writeByte(1), context.voidPromise());
            }
        }
    }

    private void send(ChannelHandlerContext context) {
        boolean written = false;
        while (blocks > 0 && context.channel().isWritable()) {
            context.write(Unpooled.wrappedBuffer(block), context.voidPromise());
            blocks--;
            written = true;
        }
        if (written) {
            context.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        send(context);
    }

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
