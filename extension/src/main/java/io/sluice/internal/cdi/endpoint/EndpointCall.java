package io.sluice.internal.cdi.endpoint;

import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Calls an endpoint's method with the stream, and injected arguments. */
final class EndpointCall<S extends SocketStream> implements StreamFunction<S> {

    private final EndpointBean bean;
    private final PreparedMethod method;
    private final @Nullable BiConsumer<Object, Object> direct;
    private final EndpointArguments arguments;

    EndpointCall(EndpointBean bean, EndpointMethod method, EndpointArguments arguments) {
        this.bean = bean;
        this.method = PreparedMethod.of(method.javaMethod());
        this.direct = bean.isReady() ? this.method.direct() : null;
        this.arguments = arguments;
    }

    @Override
    public void serve(S stream, ServerConnection connection) throws Exception {
        if (direct == null) {
            bean.callWithObjects((instance, context) ->
                    method.call(instance, arguments.resolve(stream, stream, connection, context)));
        } else {
            direct.accept(bean.instance(), stream);
        }
    }
}
