package io.sluice.management;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure in the journal: see {@link io.sluice.journal.JournalEntry}. Immutable. Implemented by Sluice only. */
public interface FailureInfo {

    /** What one side of a handshake offers or accepts: see {@link io.sluice.journal.HandshakeOffer}. */
    interface OfferInfo {

        /**
         * The protocol versions.
         *
         * @return their JSSE names, or their numbers
         */
        List<String> getVersions();

        /**
         * The cipher suites.
         *
         * @return their names, or their numbers
         */
        List<String> getCipherSuites();

        /**
         * The groups of the key exchange.
         *
         * @return their names, or their numbers
         */
        List<String> getGroups();

        /**
         * The signature schemes.
         *
         * @return their names, or their numbers
         */
        List<String> getSignatureSchemes();

        /**
         * The application protocols (ALPN).
         *
         * @return their names
         */
        List<String> getApplicationProtocols();

        /**
         * The server name that the client requests (SNI).
         *
         * @return the name; null if there is none
         */
        @Nullable
        String getServerName();

        /**
         * The authorities whose certificates the server requests.
         *
         * @return their distinguished names (RFC 2253)
         */
        List<String> getIssuers();
    }

    /**
     * The time of the last failure of this kind by this peer.
     *
     * @return the time (ISO-8601)
     */
    String getTime();

    /**
     * The time of the first failure of this kind by this peer.
     *
     * @return the time (ISO-8601)
     */
    String getFirst();

    /**
     * The failures of this kind by this peer.
     *
     * @return their number, at least 1
     */
    long getCount();

    /**
     * The named context.
     *
     * @return its name; null if the stream has none
     */
    @Nullable
    String getContext();

    /**
     * The endpoint that accepted the connection.
     *
     * @return its name; null for a stream of a creator or connector
     */
    @Nullable
    String getEndpoint();

    /**
     * This side of the handshake.
     *
     * @return {@code CLIENT} or {@code SERVER}
     */
    String getSide();

    /**
     * The peer.
     *
     * @return its address or host, and the port; with {@code sluice.journal.mask}, its network or host
     */
    String getPeer();

    /**
     * The kind of the condition.
     *
     * @return a name of {@link io.sluice.stream.SocketStreamException.Kind}
     */
    String getKind();

    /**
     * The message of the condition.
     *
     * @return what happened
     */
    String getMessage();

    /**
     * The step that failed.
     *
     * @return a name of {@link io.sluice.journal.HandshakeStep}
     */
    String getStep();

    /**
     * The time from the start of the handshake to its failure: see {@link io.sluice.journal.JournalEntry#duration}.
     *
     * @return milliseconds
     */
    long getDurationMillis();

    /**
     * The fingerprint of the client's software.
     *
     * @return JA4 of its first message; null if this message was not seen
     */
    @Nullable
    String getJa4();

    /**
     * The offer of the client.
     *
     * @return the offer, with empty lists if it was not seen
     */
    OfferInfo getClient();

    /**
     * What the server accepts or has selected.
     *
     * @return the offer; a list is empty if its names are not known
     */
    OfferInfo getServer();

    /**
     * The certificate that the failure is about.
     *
     * @return the certificate; null if there is none
     */
    @Nullable
    CertificateInfo getCertificate();

    /**
     * The setting of this side that would change the outcome.
     *
     * @return the name of a property; null if there is none
     */
    @Nullable
    String getSetting();

    /**
     * The advice.
     *
     * @return what to do
     */
    String getRemedy();

    /**
     * A command that repeats the failure.
     *
     * @return one line for a shell; null if there is none
     */
    @Nullable
    String getReproduce();
}
