package io.sluice.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean's method serve the connections of a TCP or TLS port. Configuration below {@code sluice.endpoint.<name>.} takes precedence
 * over the attributes.
 *
 * <p>The method's first parameter is the stream, a {@code SocketStream} or a subclass, or a message. A stream is closed when the method
 * returns or throws. A method of messages is called once for each message of a connection, in their order, and its result is the reply: a
 * message, none ({@code void} or null), an {@code Optional}, several ({@code Iterable}, {@code Stream}), or any of these later ({@code
 * CompletionStage}). Messages are {@code byte[]}, {@code ByteBuffer} or {@code String} if {@link #frames} says where they end, and otherwise
 * the type of a {@code FrameCodec} bean. Between two messages, the connection has no thread. If the method throws, the connection ends.
 *
 * <p>Further parameters are injected for each call, and their dependent objects are destroyed after it. A method of messages also gets its
 * stream, if a parameter is a {@code SocketStream} or a subclass. A {@link ServerConnection} says when
 * to finish. The method is called on the connection's own thread, through the bean's contextual reference, so scope and interceptors
 * apply. It must not be private or static. A method of a {@code @RequestScoped} bean, or its class, needs
 * {@code @ActivateRequestContext}; the request then lasts for the call. {@code @SessionScoped} and {@code @ConversationScoped} beans
 * cannot serve.
 *
 * <p>The port is open from the application's initialisation until just before its destruction.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SocketEndpoint {

    /**
     * The endpoint's name, for its configuration and for finding its server: lower-case letters and digits, with single hyphens between
     * them.
     *
     * @return the name
     */
    String value();

    /**
     * The port, unless {@code sluice.endpoint.<name>.port} is set.
     *
     * @return the port; 0 for a free one, -1 if only the configuration sets it
     */
    int port() default -1;

    /**
     * The address to listen on, unless {@code sluice.endpoint.<name>.address} is set.
     *
     * @return a host name or address of this machine; empty for all addresses
     */
    String address() default "";

    /**
     * The name of the SSL context, unless {@code sluice.endpoint.<name>.ssl} is set.
     *
     * @return the name; {@code none} for plaintext, empty for the context with the endpoint's name
     */
    String ssl() default "";

    /**
     * Where a message ends, for a method of messages, unless {@code sluice.endpoint.<name>.frames} is set: {@code line}, {@code length:4},
     * {@code mllp} and others of {@code io.sluice.message.Frames}.
     *
     * @return the frames; empty if a bean of type {@code FrameCodec<M>} knows them
     */
    String frames() default "";

    /**
     * What happens to open connections when the SSL context is reloaded, unless {@code sluice.endpoint.<name>.on-rotation} is set.
     *
     * @return the action
     */
    OnRotation onRotation() default OnRotation.KEEP;
}
