package io.sluice.server;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a bean's method serve the connections of a TCP or TLS port. What is configured under {@code sluice.endpoint.<name>.} goes
 * before the attributes.
 *
 * <p>The method's first parameter is the stream, of a class that is or extends {@code SocketStream}; it is closed when the method
 * returns or throws. Further parameters are injection points, injected afresh for each call, their dependent objects destroyed after
 * it; a {@link ServerConnection} tells when to finish. The method is called on the connection's own thread, through the bean's
 * contextual reference, so scope and interceptors apply. It may not be private or static. A {@code @RequestScoped} bean's method needs
 * {@code @ActivateRequestContext}, or its class, for a request that lasts for the call; {@code @SessionScoped} and {@code @ConversationScoped} beans
 * cannot serve.
 *
 * <p>The port is open from when the application is initialised until just before it is destroyed.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface SocketEndpoint {

    /**
     * The endpoint's name: lower-case letters and digits, with single hyphens between them.
     *
     * @return the name, by which it is configured and found
     */
    String value();

    /**
     * The port, unless {@code sluice.endpoint.<name>.port} is set.
     *
     * @return the port; 0 for a free one, -1 where only the configuration says
     */
    int port() default -1;

    /**
     * The address to listen on, unless {@code sluice.endpoint.<name>.address} is set.
     *
     * @return a host name or address of this machine; empty for all its addresses
     */
    String address() default "";

    /**
     * The name of the SSL context, unless {@code sluice.endpoint.<name>.ssl} is set.
     *
     * @return the name, {@code none} for no TLS; empty for the context of the endpoint's own name
     */
    String ssl() default "";
}
