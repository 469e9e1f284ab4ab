package io.sluice.internal.context.source;

import io.sluice.internal.material.Material;
import io.sluice.internal.material.Sourced;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.SessionSettings;
import io.sluice.internal.settings.Sha256;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that decides whether a session of an earlier load may be resumed. If a part of it changes, a peer that is no longer trusted
 * could otherwise continue an old session without being checked. Keys are no part of it: a renewed certificate says nothing about peers. But
 * whether a client has keys of its own, or none on purpose, decides as whom it continues.
 *
 * @param trusted the digests of all trusted certificates, in order
 * @param lists the digests of the revocation lists, in order
 * @param settings the settings that decide who is accepted, and how
 */
record SessionIdentity(List<String> trusted, List<String> lists, List<Object> settings) {

    static SessionIdentity of(ContextSettings settings, Material material) throws GeneralSecurityException {
        List<String> trusted = new ArrayList<>();
        for (X509Certificate certificate : material.trust().all()) {
            trusted.add(Sha256.hex(certificate.getEncoded()));
        }
        List<String> lists = new ArrayList<>();
        for (Sourced<X509CRL> list : material.trust().lists()) {
            lists.add(Sha256.hex(list.object().getEncoded()));
        }
        return new SessionIdentity(
                trusted.stream().sorted().toList(), lists.stream().sorted().toList(), deciding(settings));
    }

    private static List<Object> deciding(ContextSettings settings) {
        return Stream.<Object>of(
                        settings.trustStore().getClass(),
                        settings.revocation().kind(),
                        settings.revocation().softFail(),
                        settings.revocation().onlyEndEntity(),
                        settings.parameters().clientAuth(),
                        settings.allow().rules().stream()
                                .map(rule -> rule.kind() + " " + rule.pattern().value())
                                .toList(),
                        settings.sni().refuseMissing().isPresent(),
                        settings.sni().refuseUnmatched().isPresent(),
                        settings.clientKeyStore().map(KeyStoreSettings.None.class::isInstance),
                        settings.parameters().protocols().map(setting -> setting.list()),
                        settings.parameters().cipherSuites().map(setting -> setting.list()),
                        settings.parameters().hostnameVerification().map(setting -> setting.value()),
                        settings.engine().kind(),
                        settings.engine().provider().map(setting -> setting.value()),
                        settings.engine().keyExchangeGroups().map(groups -> groups.elements()),
                        settings.engine().signatureSchemes().map(schemes -> schemes.elements()),
                        settings.engine().kind() == EngineKind.JDK
                                ? SessionSettings.NONE
                                : withoutKeys(settings.sessions()),
                        settings.sessions().ticketKeys().isPresent())
                .toList();
    }

    /** The keys of tickets are exchanged in use. */
    private static SessionSettings withoutKeys(SessionSettings sessions) {
        return new SessionSettings(sessions.timeout(), sessions.cacheSize(), sessions.tickets(), Optional.empty());
    }
}
