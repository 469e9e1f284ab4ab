package io.sluice.internal.jsse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a user changes in parameters that belong to a context. Only this is kept, so that everything else is the context's at each use. A
 * later change of the same parameter replaces the earlier one. Thread-safe.
 */
public final class ParameterChanges {

    private static final Parameter<String[]> SUITES =
            new Parameter<>(SSLParameters::getCipherSuites, SSLParameters::setCipherSuites, true);
    private static final Parameter<String[]> PROTOCOLS =
            new Parameter<>(SSLParameters::getProtocols, SSLParameters::setProtocols, true);
    private static final Parameter<ClientAuth> CLIENT_AUTH = new Parameter<>(ClientAuth::of, ClientAuth::set, false);

    private static final List<Parameter<?>> ALL = all();

    private final Map<Parameter<?>, @Nullable Object> changes = new HashMap<>();

    private static List<Parameter<?>> all() {
        List<Parameter<?>> all = new ArrayList<>(List.of(SUITES, PROTOCOLS, CLIENT_AUTH));
        all.add(new Parameter<>(SSLParameters::getServerNames, SSLParameters::setServerNames, true));
        all.add(new Parameter<>(ParameterChanges::ownMatchers, SSLParameters::setSNIMatchers, true));
        all.add(new Parameter<>(SSLParameters::getAlgorithmConstraints, SSLParameters::setAlgorithmConstraints, false));
        all.add(new Parameter<>(SSLParameters::getApplicationProtocols, SSLParameters::setApplicationProtocols, false));
        all.add(new Parameter<>(
                SSLParameters::getEnableRetransmissions, SSLParameters::setEnableRetransmissions, false));
        all.add(new Parameter<>(
                SSLParameters::getEndpointIdentificationAlgorithm,
                SSLParameters::setEndpointIdentificationAlgorithm,
                false));
        all.add(new Parameter<>(SSLParameters::getMaximumPacketSize, SSLParameters::setMaximumPacketSize, false));
        all.add(new Parameter<>(SSLParameters::getUseCipherSuitesOrder, SSLParameters::setUseCipherSuitesOrder, false));
        LaterParameters.ACCESSORS.forEach(
                later -> all.add(new Parameter<>(later::value, (to, value) -> later.set(to, value), false)));
        return List.copyOf(all);
    }

    /** The matchers of a load know only its names. They may have been read from the parameters before a reload, and given back after it. */
    private static @Nullable List<SNIMatcher> ownMatchers(SSLParameters parameters) {
        Collection<SNIMatcher> matchers = parameters.getSNIMatchers();
        return matchers == null || matchers.stream().anyMatch(ContextNameMatcher.class::isInstance)
                ? null
                : List.copyOf(matchers);
    }

    /**
     * Changes the cipher suites.
     *
     * @param suites the suites by their JSSE names
     */
    public void cipherSuites(String[] suites) {
        put(SUITES, suites);
    }

    /**
     * Changes the protocols.
     *
     * @param protocols the TLS versions
     */
    public void protocols(String[] protocols) {
        put(PROTOCOLS, protocols);
    }

    /**
     * Changes how a server asks for a client's certificate.
     *
     * @param need whether a client must have one
     * @param want whether a client may have one
     */
    public void clientAuth(boolean need, boolean want) {
        put(CLIENT_AUTH, new ClientAuth(need, want));
    }

    /**
     * Takes the changes from a whole set of parameters, which usually are the context's own but for a few.
     *
     * @param given the parameters as their user wants them; null leaves an earlier change of suites, protocols and names
     * @param ofContext the context's own
     */
    public synchronized void take(SSLParameters given, SSLParameters ofContext) {
        ALL.forEach(parameter -> take(parameter, given, ofContext));
    }

    private void take(Parameter<?> parameter, SSLParameters given, SSLParameters ofContext) {
        @Nullable Object value = parameter.getter().apply(given);
        if (value == null && parameter.ignoresNull()) {
            return;
        }
        if (Objects.deepEquals(value, parameter.getter().apply(ofContext))) {
            changes.remove(parameter);
        } else {
            changes.put(parameter, value);
        }
    }

    private synchronized void put(Parameter<?> parameter, Object value) {
        changes.put(parameter, value);
    }

    /**
     * Applies all changes.
     *
     * @param ofContext the context's parameters, which are changed
     * @return the same parameters
     */
    public synchronized SSLParameters on(SSLParameters ofContext) {
        changes.forEach((parameter, value) -> parameter.set(ofContext, value));
        return ofContext;
    }

    /** Two values that JSSE holds as one: each setter clears the other's. */
    private record ClientAuth(boolean need, boolean want) {

        static ClientAuth of(SSLParameters parameters) {
            return new ClientAuth(parameters.getNeedClientAuth(), parameters.getWantClientAuth());
        }

        static void set(SSLParameters parameters, ClientAuth auth) {
            parameters.setNeedClientAuth(auth.need());
            if (!auth.need()) {
                parameters.setWantClientAuth(auth.want());
            }
        }
    }

    private record Parameter<T>(
            Function<SSLParameters, @Nullable T> getter, BiConsumer<SSLParameters, T> setter, boolean ignoresNull) {

        @SuppressWarnings("unchecked") // The value came from the getter, or has its type.
        void set(SSLParameters parameters, @Nullable Object value) {
            setter.accept(parameters, (T) value);
        }
    }
}
