package io.sluice.server;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope of a connection: one instance of the bean for each, made at its first use and shared by whatever is called in the
 * connection. {@code @Inject SocketStream} gives the current connection's stream, as a reference that may be kept.
 *
 * <p>Active on the thread of an endpoint's method and of a server's function, and elsewhere within {@link
 * io.sluice.stream.SocketStream#inConnection(io.sluice.stream.ConnectionTask) inConnection}; where it is not, a call of the
 * bean throws {@code ContextNotActiveException}. It begins when a connection is first entered, and ends when the stream is
 * closed and the last thread has left, at the latest when the container stops: the beans are destroyed then, once, the last
 * made first. The stream is closed by that time; its peers and TLS session can still be asked.
 *
 * <p>{@code @Initialized}, {@code @BeforeDestroyed} and {@code @Destroyed(ConnectionScoped.class)} are fired with the stream
 * as the event, the last one outside the scope. A connection that nobody enters has no scope and fires none of them.
 *
 * <p>Several threads may be in a connection at once; an instance is then used by all of them, and made by one.
 */
@NormalScope(passivating = false)
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface ConnectionScoped {}
