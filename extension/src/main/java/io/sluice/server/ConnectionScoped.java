package io.sluice.server;

import jakarta.enterprise.context.NormalScope;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scope of a connection: a bean has one instance per connection, created on first use and shared by everything that is called in the
 * connection. {@code @Inject SocketStream} gives the current connection's stream, as a reference that may be kept.
 *
 * <p>The scope is active in an endpoint's method and a server's function, and elsewhere within {@link
 * io.sluice.stream.SocketStream#inConnection(io.sluice.stream.ConnectionTask) inConnection}. Otherwise a call of the bean throws {@code
 * ContextNotActiveException}. The scope begins when a connection is first entered. It ends when the stream is closed and the last thread
 * has left, or at the latest when the container stops. The beans are then destroyed in reverse order of creation. The stream is closed by
 * that time, but its peers and TLS session can still be read.
 *
 * <p>{@code @Initialized}, {@code @BeforeDestroyed} and {@code @Destroyed(ConnectionScoped.class)} are fired with the stream as the event,
 * the last one outside the scope. A connection that nothing enters has no scope and fires none of them.
 *
 * <p>Several threads may be in a connection at the same time. They share its instances; one of them creates each.
 */
@NormalScope(passivating = false)
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD})
public @interface ConnectionScoped {}
