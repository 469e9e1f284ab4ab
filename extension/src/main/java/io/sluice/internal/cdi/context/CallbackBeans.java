package io.sluice.internal.cdi.context;

import io.sluice.context.KeyMaterialSource;
import io.sluice.context.NamedSslContext;
import io.sluice.context.TrustMaterialSource;
import io.sluice.context.callback.CertificateRequestCallback;
import io.sluice.context.callback.ClientHelloCallback;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.internal.cdi.container.SuppliedBeans;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The application's callback beans of each context: at most one of a kind, looked up at its first call. */
public final class CallbackBeans {

    private static final List<Class<?>> KINDS = List.of(
            PasswordCallback.class,
            VerifyCallback.class,
            ClientHelloCallback.class,
            CertificateRequestCallback.class,
            KeyMaterialSource.class,
            TrustMaterialSource.class);

    private final SuppliedBeans supplied;
    private final ApplicationContexts beans;
    private final Function<String, NamedSslContext> contexts;
    private final List<String> problems = new ArrayList<>();

    public CallbackBeans(
            SuppliedBeans supplied, ApplicationContexts beans, Function<String, NamedSslContext> contexts) {
        this.supplied = supplied;
        this.beans = beans;
        this.contexts = contexts;
    }

    ContextCallbacks of(String name) {
        return new ContextCallbacks(
                of(name, PasswordCallback.class),
                of(name, VerifyCallback.class),
                of(name, ClientHelloCallback.class),
                of(name, CertificateRequestCallback.class),
                of(name, KeyMaterialSource.class),
                of(name, TrustMaterialSource.class),
                contexts);
    }

    /** Tests whether a bean supplies keys or trust, so that the context exists even if nothing of it is configured. */
    boolean supplyMaterial(String name) {
        return supplied.hasContext(name, KeyMaterialSource.class)
                || supplied.hasContext(name, TrustMaterialSource.class);
    }

    /** The container can resolve the bean only after discovery. */
    private <C> Optional<LazyCallback<C>> of(String name, Class<C> kind) {
        return supplied.hasContext(name, kind)
                ? Optional.of(new LazyCallback<>(() -> described(name, kind), beans.reference(kind, name)))
                : Optional.empty();
    }

    private String described(String name, Class<?> kind) {
        return "the " + kind.getSimpleName() + " bean " + beans.description(kind, name);
    }

    /** Adds a problem for each callback that the application supplies for a context that cannot have any. */
    void refuse(String name, String why) {
        KINDS.stream()
                .filter(kind -> supplied.hasContext(name, kind))
                .forEach(kind -> problems.add("the application supplies an " + ContextName.qualifier(name) + " "
                        + kind.getSimpleName() + ", which " + ContextName.quoted(name) + " cannot have: " + why));
    }

    /** Adds a problem for each store that is configured beside a bean that takes its place. */
    void refuseStores(ContextSettings settings) {
        if (settings.keyStore().isPresent()) {
            refuseStore(settings, KeyMaterialSource.class, "key-store");
        }
        if (settings.trustStore().property().isPresent()) {
            refuseStore(settings, TrustMaterialSource.class, "trust-store");
        }
    }

    private void refuseStore(ContextSettings settings, Class<?> kind, String store) {
        String name = settings.name().value();
        if (supplied.hasContext(name, kind)) {
            problems.add(
                    "the application supplies an " + ContextName.qualifier(name) + " " + kind.getSimpleName() + ", but "
                            + settings.property(store) + ".… is also configured. Remove the bean, or these properties");
        }
    }

    public List<String> problems() {
        return Stream.concat(problems.stream(), beans.ambiguities(supplied, KINDS))
                .toList();
    }
}
