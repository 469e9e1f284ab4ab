package io.sluice.internal.journal;

import io.sluice.internal.settings.ContextName;
import io.sluice.journal.HandshakeStep;
import io.sluice.stream.ConditionAdvice;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What would change the outcome of a failed handshake.
 *
 * @param lack what the two sides do not share; {@link Lack#NOTHING} if that is not the reason, or not known
 * @param setting the property of this side
 * @param remedy what to do
 */
record Diagnosis(Lack lack, Optional<String> setting, String remedy) {

    /** What two sides may fail to share. */
    enum Lack {
        NOTHING,
        VERSION,
        CIPHER_SUITE,
        GROUP,
        SIGNATURE_SCHEME,
        /** A key of the server that the client can use. */
        KEY
    }

    /** The settings that only a context has whose keys and trust Sluice reads, by the ends of their names. */
    private static final List<String> OF_MATERIAL =
            List.of("key-store.…", "trust-store.…", ".key-exchange-groups", ".signature-schemes");

    private static final String IN_MESSAGE = "The message says what failed";
    private static final String IN_CAUSE = "The cause says why verification failed";
    private static final String IN_LOG =
            "This entry is masked. Read the log, or the exception in the application, for the reason";

    private static final String TLS_1_3 = "TLSv1.3";
    /** In the names of all suites before TLS 1.3. */
    private static final String WITH = "_WITH_";

    static Diagnosis of(Failure failure, HandshakeStep step, FoundOffer client, FoundOffer server, ContextFacts facts) {
        Diagnosis found = found(failure, step, client, server, facts);
        boolean isVain = found.setting()
                .filter(name -> OF_MATERIAL.stream().anyMatch(name::endsWith))
                .filter(name -> !facts.hasMaterial(failure.place().context()))
                .isPresent();
        return isVain ? new Diagnosis(found.lack(), Optional.empty(), found.remedy()) : found;
    }

    private static Diagnosis found(
            Failure failure, HandshakeStep step, FoundOffer client, FoundOffer server, ContextFacts facts) {
        return switch (failure.kind()) {
            case VERSION_OR_CIPHER_MISMATCH -> ofMismatch(failure, lack(client, server), client, server);
            case REJECTED_BY_PEER ->
                new Diagnosis(Lack.NOTHING, rejected(failure, step), rejectedAdvice(failure, step));
            case PEER_CLOSED, IO ->
                new Diagnosis(
                        Lack.NOTHING,
                        Optional.empty(),
                        step == HandshakeStep.FINISHED
                                ? "The peer left after it had seen this side's offer"
                                        + (failure.isClient() ? "" : " and certificate")
                                        + ". Read the peer's log for the reason"
                                : advice(failure.kind()));
            default ->
                shareNothing(failure, client, server)
                        ? ofMismatch(failure, lack(client, server), client, server)
                        : new Diagnosis(Lack.NOTHING, setting(failure, facts), advice(failure, client));
        };
    }

    /** The remedy of a masked entry, whose message says little. */
    String masked() {
        return remedy.replace(IN_MESSAGE, IN_LOG).replace(IN_CAUSE, IN_LOG);
    }

    private static String advice(Failure failure, FoundOffer client) {
        return switch (failure.kind()) {
            case HANDSHAKE_TIMEOUT ->
                failure.evidence() != null && !failure.evidence().heard()
                        ? "The peer has sent nothing. " + ConditionAdvice.of(failure.kind())
                        : ConditionAdvice.of(failure.kind());
            case SERVER_NAME_REFUSED ->
                client.serverName()
                                .map(name -> "The client asks for '" + name + "'. ")
                                .orElse("")
                        + ConditionAdvice.of(failure.kind());
            case CONTEXT_UNUSABLE -> "The message says what the context lacks";
            default -> advice(failure.kind());
        };
    }

    private static String advice(Kind kind) {
        String advice = ConditionAdvice.of(kind);
        return advice.isEmpty() ? IN_MESSAGE + ". Compare the offers of both sides" : advice;
    }

    /** Whether the sides share nothing of some kind, although the engine's words do not say so. */
    static boolean shareNothing(Failure failure, FoundOffer client, FoundOffer server) {
        Lack lack = lack(client, server);
        return !failure.isClient() && failure.kind() == Kind.TLS && lack != Lack.NOTHING && lack != Lack.KEY;
    }

    private static Lack lack(FoundOffer client, FoundOffer server) {
        if (FoundOffer.areDisjoint(client.versions(), server.versions())) {
            return Lack.VERSION;
        }
        List<String> versions =
                client.versions().stream().filter(server.versions()::contains).toList();
        if (versions.isEmpty()) {
            return Lack.NOTHING;
        }
        boolean isOnlyNew = versions.equals(List.of(TLS_1_3));
        boolean isOnlyOld = !versions.contains(TLS_1_3);
        if (FoundOffer.areDisjoint(usable(client, isOnlyNew, isOnlyOld), usable(server, isOnlyNew, isOnlyOld))) {
            return Lack.CIPHER_SUITE;
        }
        if (FoundOffer.areDisjoint(client.groups(), server.groups())) {
            return Lack.GROUP;
        }
        return FoundOffer.areDisjoint(client.signatureSchemes(), server.signatureSchemes())
                ? Lack.SIGNATURE_SCHEME
                : Lack.KEY;
    }

    /** The suites that the versions in common may use. */
    private static List<String> usable(FoundOffer offer, boolean isOnlyNew, boolean isOnlyOld) {
        return offer.cipherSuites().stream()
                .filter(suite -> suite.contains(WITH) ? !isOnlyNew : !isOnlyOld)
                .toList();
    }

    private static Diagnosis ofMismatch(Failure failure, Lack lack, FoundOffer client, FoundOffer server) {
        FoundOffer theirs = failure.isClient() ? server : client;
        String change = failure.isClient()
                ? "Enable one of them here, or enable another one on the server"
                : "Change the client, or enable one of them here if that is secure enough";
        return switch (lack) {
            case VERSION -> shared(failure, lack, "protocols", "TLS versions", theirs.versions(), change);
            case CIPHER_SUITE -> shared(failure, lack, "cipher-suites", "cipher suites", theirs.cipherSuites(), change);
            case GROUP -> shared(failure, lack, "key-exchange-groups", "groups", theirs.groups(), change);
            case SIGNATURE_SCHEME ->
                shared(failure, lack, "signature-schemes", "signature schemes", theirs.signatureSchemes(), change);
            case KEY ->
                failure.isClient()
                        ? new Diagnosis(lack, Optional.empty(), ConditionAdvice.of(failure.kind()))
                        : new Diagnosis(
                                lack,
                                property(failure, "key-store.…"),
                                "The client cannot use the algorithm of this server's key. Add a key of another algorithm:"
                                        + " EC beside RSA, or RSA beside EC");
            case NOTHING -> new Diagnosis(lack, Optional.empty(), ConditionAdvice.of(failure.kind()));
        };
    }

    private static Diagnosis shared(
            Failure failure, Lack lack, String key, String what, List<String> theirs, String change) {
        return new Diagnosis(
                lack,
                property(failure, key),
                "The two sides share no " + what + ". The peer has " + listed(theirs) + ". " + change);
    }

    private static String listed(List<String> names) {
        int shown = Math.min(4, names.size());
        int more = names.size() - shown;
        return String.join(", ", names.subList(0, shown)) + (more > 0 ? " and " + more + " more" : "");
    }

    private static Optional<String> rejected(Failure failure, HandshakeStep step) {
        if (step == HandshakeStep.CLIENT_CERTIFICATE) {
            return property(failure, "client-key-store.…");
        }
        return step == HandshakeStep.SERVER_CERTIFICATE ? property(failure, "key-store.…") : Optional.empty();
    }

    private static String rejectedAdvice(Failure failure, HandshakeStep step) {
        return switch (step) {
            case CLIENT_CERTIFICATE ->
                "The server did not accept this client's certificate, or this client sent none. Configure one that the"
                        + " server accepts, or read the server's log for the reason";
            case SERVER_CERTIFICATE ->
                "The client did not accept this server's certificate. Install its authority in the client, or configure"
                        + " a certificate that the client trusts, with its whole chain";
            default -> ConditionAdvice.of(failure.kind());
        };
    }

    private static Optional<String> setting(Failure failure, ContextFacts facts) {
        return switch (failure.kind()) {
            case ALPN_MISMATCH -> property(failure, "alpn");
            case SERVER_NAME_REFUSED -> property(failure, "key-store.…");
            case CERTIFICATE_UNKNOWN_ISSUER -> property(failure, "trust-store.…");
            case CERTIFICATE_NOT_ALLOWED -> property(failure, "client-auth.allow.…");
            case HANDSHAKE_TIMEOUT -> property(failure, "handshake-timeout");
            case PROXY_HEADER_INVALID -> ofEndpoint(failure, "proxy-protocol", facts);
            case PROXY_NOT_TRUSTED -> ofEndpoint(failure, "trusted-proxies", facts);
            default -> Optional.empty();
        };
    }

    private static Optional<String> property(Failure failure, String key) {
        return failure.place().context().map(context -> new ContextName(context).property(key));
    }

    private static Optional<String> ofEndpoint(Failure failure, String key, ContextFacts facts) {
        return failure.place()
                .endpoint()
                .filter(facts.endpoints()::contains)
                .map(endpoint -> "sluice.endpoint." + endpoint + "." + key);
    }
}
