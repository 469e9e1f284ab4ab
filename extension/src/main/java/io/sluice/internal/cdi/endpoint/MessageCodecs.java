package io.sluice.internal.cdi.endpoint;

import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.TypeVariables;
import io.sluice.message.FrameCodec;
import io.sluice.message.NamedFrames;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the codecs of an endpoint's messages and replies: those of the configured frames, whose messages are bytes or text, or a bean.
 *
 * @param beans the manager of the endpoint's archive
 * @param endpoint the endpoint
 */
record MessageCodecs(BeanManager beans, Endpoint endpoint) {

    private Optional<String> frames() {
        return endpoint.settings().messages().frames();
    }

    private String property() {
        return "sluice.endpoint." + endpoint.name() + ".frames";
    }

    List<String> problems() {
        List<String> found = new ArrayList<>();
        problem(endpoint.method().messageType(), "message").ifPresent(found::add);
        ReplyForm form = endpoint.replyForm();
        if (form.shape() != ReplyForm.Shape.NONE
                && !form.reply().equals(endpoint.method().messageType())) {
            problem(form.reply(), "reply").ifPresent(found::add);
        }
        return found;
    }

    private Optional<String> problem(Type type, String what) {
        return frames().map(text -> problemOfFrames(text, type, what)).orElseGet(() -> problemOfBean(type, what));
    }

    private Optional<String> problemOfFrames(String text, Type type, String what) {
        Optional<FrameCodec<?>> codec;
        try {
            codec = NamedFrames.codec(text, type);
        } catch (IllegalArgumentException e) {
            return Optional.of(endpoint.description() + ": " + property() + ": " + e.getMessage());
        }
        return codec.isPresent()
                ? Optional.empty()
                : Optional.of(endpoint.description() + ": the type of the " + what + " is " + type.getTypeName()
                        + ", but with frames '" + text + "' it can only be byte[], ByteBuffer or String. Use one of"
                        + " these, or omit frames and write a bean of type FrameCodec<" + name(type) + ">");
    }

    private Optional<String> problemOfBean(Type type, String what) {
        try {
            if (bean(type).isPresent()) {
                return Optional.empty();
            }
        } catch (RuntimeException e) {
            return Optional.of(endpoint.description() + ": there is more than one bean of type FrameCodec<" + name(type)
                    + ">: " + ContainerExceptions.reason(e));
        }
        String frames = NamedFrames.have(type)
                ? "Set " + property() + " or @SocketEndpoint's frames, such as line, length:4 or mllp, or write"
                : "Write";
        return Optional.of(endpoint.description() + ": it is unknown where a " + what + " ends. " + frames
                + " a bean of type FrameCodec<" + name(type) + ">. If the method should serve the whole stream, make"
                + " its first parameter a SocketStream");
    }

    private static String name(Type type) {
        return TypeVariables.of(Object.class).erased(type).getSimpleName();
    }

    /** The codec for a type. The bean, if it is one, belongs to the context. */
    FrameCodec<?> codec(Type type, CreationalContext<?> context) {
        return frames().flatMap(text -> NamedFrames.codec(text, type)).orElseGet(() -> (FrameCodec<?>)
                beans.getReference(bean(type).orElseThrow(), TypeVariables.generic(FrameCodec.class, type), context));
    }

    private Optional<Bean<?>> bean(Type type) {
        Set<Bean<?>> found = beans.getBeans(TypeVariables.generic(FrameCodec.class, type));
        return Optional.ofNullable(beans.resolve(found));
    }
}
