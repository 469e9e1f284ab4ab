package io.sluice.internal.cdi.endpoint;

import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.internal.cdi.container.ContainerExceptions;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.context.KeylessContexts;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.NearNames;
import io.sluice.server.AcceptingServer;
import io.sluice.server.OnRotation;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * Checks whether an endpoint can be served.
 *
 * @param beans the container's bean manager
 * @param sluice the container's Sluice
 * @param existing the names of the existing contexts
 * @param unusable the contexts with unusable material, which is reported already
 */
public record EndpointChecks(BeanManager beans, SluiceRuntime sluice, Set<String> existing, Set<String> unusable) {

    private static final String PLAINTEXT = "the endpoint is plaintext. Use a context with TLS";

    /** All problems of the endpoint, except those of its context's material. */
    List<String> problems(Endpoint endpoint) {
        List<String> found = new ArrayList<>();
        endpoint.arguments().problems().forEach(found::add);
        reference(endpoint, found);
        streamClass(endpoint, found);
        messages(endpoint, found);
        context(endpoint, found);
        caller(endpoint, found);
        port(endpoint, found);
        return found;
    }

    /** Containers check client proxies only for injected beans, which an endpoint's bean need not be. */
    private void reference(Endpoint endpoint, List<String> found) {
        Bean<?> bean = endpoint.method().bean();
        if (beans.isNormalScope(bean.getScope())) {
            try {
                beans.getReference(
                        bean, endpoint.method().beanType().orElseThrow(), beans.createCreationalContext(bean));
            } catch (RuntimeException e) {
                found.add(endpoint.description() + ": the bean is @"
                        + bean.getScope().getSimpleName()
                        + ", but the container cannot make a client proxy of it: "
                        + ContainerExceptions.reason(e));
            }
        }
    }

    private void streamClass(Endpoint endpoint, List<String> found) {
        Class<? extends SocketStream> type = endpoint.method().streamClass().orElseThrow();
        Initarg[] initargs = endpoint.settings().timeouts().initargs().toArray(Initarg[]::new);
        try {
            sluice.streamFactory().check(type, initargs);
        } catch (IllegalArgumentException e) {
            found.add(endpoint.description() + ": " + e.getMessage());
        }
    }

    private void messages(Endpoint endpoint, List<String> found) {
        if (endpoint.method().isOfMessages()) {
            found.addAll(endpoint.codecs().problems());
        }
    }

    private static void caller(Endpoint endpoint, List<String> found) {
        if (endpoint.isCertified() && ContextName.NONE.is(endpoint.context())) {
            found.add(noCertificate(endpoint, PLAINTEXT));
        }
        if (endpoint.isCertified() && endpoint.security().isEmpty()) {
            found.add(endpoint.description() + ": " + callerProperty(endpoint)
                    + " is certificate, but this environment has no security in which a certificate can become the caller."
                    + " Run the application in WildFly, or in Open Liberty with the feature appSecurity-5.0,"
                    + " or remove the property");
        }
    }

    private static String callerProperty(Endpoint endpoint) {
        return "sluice.endpoint." + endpoint.name() + ".caller";
    }

    private void context(Endpoint endpoint, List<String> found) {
        String name = endpoint.context();
        OnRotation onRotation = endpoint.settings().server().onRotation();
        if (ContextName.NONE.is(name) && onRotation != OnRotation.KEEP) {
            found.add(endpoint.description() + ": on-rotation is "
                    + onRotation.name().toLowerCase(Locale.ROOT)
                    + ", but the endpoint is plaintext, so it has no context that could be reloaded. Remove"
                    + " on-rotation, or set a context with TLS");
        }
        if (!existing.contains(name)) {
            found.add(endpoint.description() + ": " + missing(endpoint, name));
        } else if (!unusable.contains(name) && sluice.contexts().isLoadableAtDeployment(name)) {
            try {
                requireContext(endpoint);
            } catch (IOException e) {
                found.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private String missing(Endpoint endpoint, String name) {
        if (!ContextName.isValid(name)) {
            return ContextName.invalidAmong(name, existing);
        }
        String own = "sluice.endpoint." + endpoint.name() + ".ssl";
        return endpoint.settings().ssl().isPresent()
                ? "there is no " + ContextName.quoted(name) + NearNames.suggest(name, existing) + ". Correct " + own
                        + " or @SocketEndpoint's ssl, or configure sluice.ssl." + name + ".…"
                : "no SSL context is set, and there is no context with the endpoint's name. Set " + own
                        + " or @SocketEndpoint's ssl (none means plaintext), or configure sluice.ssl." + name + ".…";
    }

    /** Loads the context and makes an engine, as for each connection. */
    void requireContext(Endpoint endpoint) throws IOException {
        NamedSslContext context = sluice.contexts().get(endpoint.context());
        try {
            if (context.isPlain()) {
                requireCertificate(endpoint, false, PLAINTEXT);
            } else {
                SSLEngine engine = context.engine(EngineRequest.of(SslSide.SERVER, "localhost", 0));
                requireKey(endpoint, context);
                requireCertificate(
                        endpoint,
                        engine.getNeedClientAuth() || engine.getWantClientAuth(),
                        context.description() + " requests no certificate. Set client-auth=need for it");
            }
        } catch (SslContextException e) {
            throw new IOException(endpoint.description() + ": " + e.getMessage(), e);
        }
    }

    private static void requireCertificate(Endpoint endpoint, boolean requested, String otherwise) throws IOException {
        if (endpoint.isCertified() && !requested) {
            throw new IOException(noCertificate(endpoint, otherwise));
        }
    }

    private static String noCertificate(Endpoint endpoint, String why) {
        return endpoint.description() + ": " + callerProperty(endpoint)
                + " is certificate, but no client can present one: " + why + ", or remove the property";
    }

    /** JSSE does not reveal the keys of an application's own context, so this is found by a handshake in memory. */
    private static void requireKey(Endpoint endpoint, NamedSslContext context) throws IOException {
        if (KeylessContexts.contains(context)) {
            throw new IOException(endpoint.description() + ": " + context.description()
                    + " is the application's own and has no key, so it cannot be the server side. Add a key to it");
        }
    }

    private static void port(Endpoint endpoint, List<String> found) {
        try {
            AcceptingServer.checkPort(endpoint.settings().server());
        } catch (IOException | IllegalStateException e) {
            found.add(endpoint.description() + ": " + e.getMessage());
        }
    }
}
