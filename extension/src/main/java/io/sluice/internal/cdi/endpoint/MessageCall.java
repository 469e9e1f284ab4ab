package io.sluice.internal.cdi.endpoint;

import io.sluice.server.MessageHandler.Replies;
import io.sluice.server.ServerConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Calls an endpoint's method for each message, and sends its result.
 *
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
final class MessageCall<S extends SocketStream, M> implements MessageFunctions<S, M> {

    private final EndpointBean bean;
    private final PreparedMethod method;
    private final @Nullable BiFunction<Object, Object, @Nullable Object> direct;
    private final EndpointArguments arguments;
    private final ReplySender<?> sender;

    MessageCall(EndpointBean bean, EndpointMethod method, EndpointArguments arguments, ReplySender<?> sender) {
        this.bean = bean;
        this.method = PreparedMethod.of(method.javaMethod());
        this.direct = bean.isReady() && arguments.isSingle() ? this.method.replying() : null;
        this.arguments = arguments;
        this.sender = sender;
    }

    @Override
    public @Nullable CompletionStage<?> handle(S stream, ServerConnection connection, M message, Replies replies)
            throws Exception {
        Object result = direct == null
                ? bean.callWithObjects((instance, context) ->
                        method.call(instance, arguments.resolve(message, stream, connection, context)))
                : direct.apply(bean.instance(), message);
        return sender.send(result, replies);
    }

    @Override
    public void complete(@Nullable Object result, Replies replies) throws SocketStreamException {
        sender.sendNow(result, replies);
    }
}
