package io.sluice.jsse;

import io.sluice.context.SslContexts;
import io.sluice.internal.context.RunningApplications;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket factory of a named context, for code that makes the factory itself and knows only the name of its class. Where a library
 * accepts an {@code SSLSocketFactory} as an object, inject that instead.
 *
 * <ul>
 *   <li>pgjdbc passes the context's name to the constructor: {@code
 *       sslfactory=io.sluice.jsse.NamedSslSocketFactory&sslfactoryarg=database}.
 *   <li>LDAP ({@code java.naming.ldap.factory.socket}) and Angus Mail ({@code mail.smtps.ssl.socketFactory.class}) call a static method
 *       {@code getDefault()} without arguments. For them the application has a public subclass that names the context:
 * </ul>
 *
 * <pre>{@code
 * public class DirectoryTls extends NamedSslSocketFactory {
 *     public DirectoryTls() { super("directory"); }
 *     public static SocketFactory getDefault() { return new DirectoryTls(); }
 * }
 * }</pre>
 *
 * <p>The context is looked up at each use, in the application of the calling thread's context class loader, or else of the factory's own
 * class loader. An instance holds nothing of an application, so it may be kept in a static field. Its sockets use the context's current
 * material, and carry every configured parameter, host name verification included. If there is no such context or no such application, the
 * methods that create sockets throw an {@code IOException} whose message says what to do. Thread-safe.
 */
public class NamedSslSocketFactory extends SSLSocketFactory {

    private final @Nullable String name;

    /**
     * A factory of a context's sockets. The name is checked at the first use, because the callers of this constructor report an
     * exception of it without its message.
     *
     * @param name the context's name; null if the caller was not given one, and then no socket can be created
     */
    public NamedSslSocketFactory(@Nullable String name) {
        this.name = name;
    }

    /**
     * Always throws. The method of {@code SSLSocketFactory} returns a factory with the JDK's trust. This one hides it, so that nobody gets
     * that factory from a subclass that does not declare {@code getDefault}.
     *
     * @return never
     * @throws IllegalStateException always
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static SocketFactory getDefault() {
        throw new IllegalStateException(
                "this class does not name a context. Write a public subclass of "
                        + NamedSslSocketFactory.class.getName()
                        + " with a public static method getDefault() that returns an instance of it, and configure its name instead");
    }

    @Override
    public Socket createSocket() throws IOException {
        return factory().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return factory().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return factory().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return factory().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return factory().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(Socket rawSocket, String host, int port, boolean autoClose) throws IOException {
        return factory().createSocket(rawSocket, host, port, autoClose);
    }

    @Override
    public Socket createSocket(Socket rawSocket, InputStream consumed, boolean autoClose) throws IOException {
        return factory().createSocket(rawSocket, consumed, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return named().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return named().getSupportedCipherSuites();
    }

    private SSLSocketFactory factory() throws IOException {
        try {
            return named();
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private SSLSocketFactory named() {
        if (name == null || name.isBlank()) {
            throw new IllegalStateException(getClass().getName()
                    + " was made without the name of a context. With pgjdbc, set sslfactoryarg to the name");
        }
        SslContexts contexts = RunningApplications.contextsFor(getClass());
        try {
            return contexts.get(name).socketFactory();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IllegalStateException(getClass().getName() + ": " + e.getMessage(), e);
        }
    }

    /** The class and the context's name. */
    @Override
    public String toString() {
        return getClass().getName() + "[" + name + "]";
    }
}
