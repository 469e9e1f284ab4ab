package io.sluice.internal.management;

import io.sluice.journal.HandshakeOffer;
import io.sluice.journal.JournalEntry;
import io.sluice.management.CertificateInfo;
import io.sluice.management.FailureInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure in the report. The names of the components are the accessors that JMX requires. */
record FailureRow(
        String getTime,
        String getFirst,
        long getCount,
        @Nullable String getContext,
        @Nullable String getEndpoint,
        String getSide,
        String getPeer,
        String getKind,
        String getMessage,
        String getStep,
        long getDurationMillis,
        @Nullable String getJa4,
        OfferInfo getClient,
        OfferInfo getServer,
        @Nullable CertificateInfo getCertificate,
        @Nullable String getSetting,
        String getRemedy,
        @Nullable String getReproduce)
        implements FailureInfo {

    private record OfferRow(
            List<String> getVersions,
            List<String> getCipherSuites,
            List<String> getGroups,
            List<String> getSignatureSchemes,
            List<String> getApplicationProtocols,
            @Nullable String getServerName,
            List<String> getIssuers)
            implements OfferInfo {

        static OfferRow of(HandshakeOffer offer) {
            return new OfferRow(
                    offer.versions(),
                    offer.cipherSuites(),
                    offer.groups(),
                    offer.signatureSchemes(),
                    offer.applicationProtocols(),
                    offer.serverName().orElse(null),
                    offer.issuers());
        }
    }

    static FailureRow of(JournalEntry entry) {
        return new FailureRow(
                entry.time().toString(),
                entry.first().toString(),
                entry.count(),
                entry.context().orElse(null),
                entry.endpoint().orElse(null),
                entry.side().name(),
                entry.peer(),
                entry.kind().name(),
                entry.message(),
                entry.step().name(),
                entry.duration().toMillis(),
                entry.ja4().orElse(null),
                OfferRow.of(entry.client()),
                OfferRow.of(entry.server()),
                entry.certificate().map(CertificateRow::of).orElse(null),
                entry.setting().orElse(null),
                entry.remedy(),
                entry.reproduce().orElse(null));
    }
}
