package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.config.EndpointSettings;
import io.sluice.internal.security.ServerSecurity;
import io.sluice.internal.settings.ContextName;
import io.sluice.message.FrameCodec;
import io.sluice.server.DescribedServer;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.StreamFunction;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * An enabled endpoint.
 *
 * @param method the method that serves it
 * @param arguments the method's further arguments
 * @param settings the configured settings
 */
record Endpoint(EndpointMethod method, EndpointArguments arguments, EndpointSettings settings) {

    String name() {
        return method.name();
    }

    String description() {
        return method.description();
    }

    /** The context's name, by default the endpoint's. */
    String context() {
        return settings.ssl().orElse(method.name());
    }

    /** Returns true if the client's certificate becomes the caller of the server's security. */
    boolean isCertified() {
        return settings.caller() == EndpointSettings.Caller.CERTIFICATE;
    }

    /** The security of the server, as the endpoint's archive sees it. */
    Optional<ServerSecurity> security() {
        return ServerSecurity.of(method.beanClass().getClassLoader());
    }

    /** Returns true if the two cannot listen at the same time. */
    boolean collidesWith(Endpoint other) {
        ServerSettings one = settings.server();
        ServerSettings two = other.settings.server();
        return one.address().getPort() != 0
                && one.address().getPort() == two.address().getPort()
                && !(one.reusePort() && two.reusePort())
                && overlap(one.address(), two.address());
    }

    private static boolean overlap(InetSocketAddress one, InetSocketAddress two) {
        return one.getAddress().isAnyLocalAddress()
                || two.getAddress().isAnyLocalAddress()
                || one.getAddress().equals(two.getAddress());
    }

    /** Describes it before it listens. */
    ServerDescription describe() {
        Optional<String> context = Optional.of(context()).filter(name -> !ContextName.NONE.is(name));
        return new DescribedServer(settings.server(), context, true, ServerDescription.State.STARTING, null);
    }

    /** What the method of an endpoint of messages returns. */
    ReplyForm replyForm() {
        return ReplyForm.of(method.resultType(), method.messageType());
    }

    ServerStart<?> start(BeanManager beans) {
        return start(beans, method.streamClass().orElseThrow());
    }

    private <S extends SocketStream> ServerStart<S> start(BeanManager beans, Class<S> streamClass) {
        StreamFunction<S> call = new EndpointCall<>(new EndpointBean(beans, method), method, arguments);
        StreamFunction<S> function = isCertified() ? certified().around(call) : call;
        return ServerStart.of(context(), streamClass, function)
                .listening(settings.server())
                .with(settings.timeouts().initargs().toArray(Initarg[]::new));
    }

    private CertifiedCall certified() {
        return new CertifiedCall(description(), security().orElseThrow());
    }

    MessageCodecs codecs() {
        return new MessageCodecs(arguments.beans(), this);
    }

    /** For an endpoint of messages. The codecs that are beans belong to the context. */
    MessageStart<?, ?> startMessages(BeanManager beans, CreationalContext<?> context) {
        MessageCodecs codecs = codecs();
        return startMessages(
                beans,
                method.streamClass().orElseThrow(),
                codecs.codec(method.messageType(), context),
                sender(codecs, context));
    }

    private ReplySender<?> sender(MessageCodecs codecs, CreationalContext<?> context) {
        ReplyForm form = replyForm();
        Type reply = form.shape() == ReplyForm.Shape.NONE ? method.messageType() : form.reply();
        return new ReplySender<>(description(), form, codecs.codec(reply, context));
    }

    private <S extends SocketStream, M> MessageStart<S, M> startMessages(
            BeanManager beans, Class<S> streamClass, FrameCodec<M> codec, ReplySender<?> sender) {
        MessageFunctions<S, M> call = new MessageCall<>(new EndpointBean(beans, method), method, arguments, sender);
        return new MessageStart<>(
                context(),
                streamClass,
                codec,
                settings.messages().limits(),
                isCertified() ? certified().around(call) : call,
                settings.server(),
                settings.messages().timeouts(settings.timeouts()).initargs());
    }
}
