package io.sluice.stream;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Binds an interceptor to {@link SocketStreamCreator#create} and {@link SocketStreamConnector#open}.
 *
 * <p>An interceptor sees each creation exactly once. It may change the parameters (for example add an {@link Initarg}), inspect
 * the result, or throw an exception. Whatever it does, a socket that was not handed over as a stream is closed. If the
 * interceptor proceeds on another thread, this applies to a connector's socket only if the call's own array of initargs is
 * passed on. Enable the interceptor with {@code @Priority}, because {@code beans.xml} enables it for one archive only.
 */
@Inherited
@InterceptorBinding
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface StreamCreation {}
