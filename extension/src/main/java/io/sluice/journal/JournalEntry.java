package io.sluice.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.context.SslSide;
import io.sluice.stream.SocketStreamException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure in the {@linkplain HandshakeJournal journal}. Its {@code toString} is a report of several lines. Immutable. Implemented by Sluice
 * only, so later versions may add methods.
 */
public interface JournalEntry {

    /**
     * Gives the time of the last such failure of the peer.
     *
     * @return when it happened
     */
    Instant time();

    /**
     * Gives the time of the first such failure of the peer. The other facts are those of the first one.
     *
     * @return when it happened; the same as {@link #time} if it happened once
     */
    Instant first();

    /**
     * Counts the failures of this kind by this peer since the first one.
     *
     * @return the number, at least 1
     */
    long count();

    /**
     * Gives the named context.
     *
     * @return its name; empty if the stream has none
     */
    Optional<String> context();

    /**
     * Gives the endpoint that accepted the connection.
     *
     * @return the name of the endpoint or server; empty if the application made the stream with a creator or connector
     */
    Optional<String> endpoint();

    /**
     * Tells which side of the handshake this is.
     *
     * @return this side
     */
    SslSide side();

    /**
     * Gives the address of the peer, behind a balancer that of the client if the PROXY header has been read.
     *
     * @return the address with the port, or the host with the port if there was no connection; with {@code sluice.journal.mask}, the network
     */
    String peer();

    /**
     * Gives the kind of the condition.
     *
     * @return the kind, for decisions
     */
    Kind kind();

    /**
     * Gives the message of the condition.
     *
     * @return what happened; with {@code sluice.journal.mask}, without the names of the peer
     */
    String message();

    /**
     * Gives the step that failed.
     *
     * @return the step
     */
    HandshakeStep step();

    /**
     * Gives the time from the start of the handshake to its failure.
     *
     * @return the time; zero if it had not begun
     */
    Duration duration();

    /**
     * Gives the fingerprint of the client's software, JA4 of its first message: the same software with the same settings has the same one.
     *
     * @return the fingerprint, such as {@code t13d1516h2_8daaf6152771_e5627efa2ab1}; empty if that message was not seen
     */
    Optional<String> ja4();

    /**
     * Gives the offer of the client.
     *
     * @return the offer, with empty lists if it was not seen
     */
    HandshakeOffer client();

    /**
     * Gives what the server accepts, if this side is the server, and otherwise what the server has selected.
     *
     * @return the offer, with empty lists as far as it is not known
     */
    HandshakeOffer server();

    /**
     * Gives the certificate that the failure is about: the peer's that was refused, or this side's that the peer refused.
     *
     * @return the certificate; empty if the failure is not about one, if it is not known, or if it is the peer's and
     *     {@code sluice.journal.mask} is set
     */
    Optional<CertificateDescription> certificate();

    /**
     * Gives the setting of this side that would change the outcome. Whether it should be changed is for the operator to decide.
     *
     * @return the name of a property, with that of the context; a name that ends with {@code …} stands for the properties that begin like
     *     this; empty if only the peer can change the outcome, or only a setting that would give up a check
     */
    Optional<String> setting();

    /**
     * Gives the advice.
     *
     * @return what to do, in one or more sentences
     */
    String remedy();

    /**
     * Gives a command that repeats the failure, or shows the other side of it: {@code openssl s_client}, or {@code openssl s_server} that
     * takes the place of this server for the same client. A file that the command needs and that is not known has a name such as
     * {@code trust.pem}. What the peer has sent is quoted for a shell, or omitted.
     *
     * @return one line for a shell; empty if OpenSSL has no command for this failure
     */
    Optional<String> reproduce();
}
