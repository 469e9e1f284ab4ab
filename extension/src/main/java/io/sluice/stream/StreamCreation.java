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
 * <p>An interceptor sees each creation exactly once. It may change the parameters (add an {@link Initarg}, say), look at
 * the result, or refuse. Whatever it does, a socket that was not handed over as a stream is closed; one that a connector makes on a
 * thread that the interceptor changed to, if the call's array of initargs goes along. It must be enabled
 * with {@code @Priority}: those enabled only in an archive's {@code beans.xml} do not reach another archive.
 */
@Inherited
@InterceptorBinding
@Documented
@Retention(RUNTIME)
@Target({TYPE, METHOD})
public @interface StreamCreation {}
