package io.sluice.journal;

import io.sluice.context.CertificateDescription;
import io.sluice.context.SslSide;
import io.sluice.stream.SocketStreamException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure in the {@linkplain HandshakeJournal journal}. Its {@code toString} is a report of several lines. Immutable. Implemented by
 * Sluice only, so later versions may add methods.
 */
public interface JournalEntry {

    /**
     * Gives the time of the last failure of this kind by this peer.
     *
     * @return when it happened
     */
    Instant time();

    /**
     * Gives the time of the first failure of this kind by this peer. The other facts are those of the first failure.
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
     * Gives the address of the peer. Behind a balancer, it is that of the client if the PROXY header has been read.
     *
     * @return the address and the port, or the host and the port if there was no connection; with {@code sluice.journal.mask}, the network,
     *     or {@code not shown} if there was no connection to the host
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
     * @return the time; if the handshake had not begun, the time since the connection began; zero if there was no connection, and if the
     *     server rejected the client's certificate after the client's handshake was complete
     */
    Duration duration();

    /**
     * Gives the fingerprint of the client's software: JA4 of its first message. Clients with the same software and the same settings have
     * the same fingerprint.
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
     * Gives the offer of the server: what it accepts if this side is the server, and what it has selected if this side is the client.
     *
     * @return the offer; a list is empty if its names are not known
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
     * @return the name of a property, with that of the context; a name that ends with {@code …} stands for the properties that begin
     *     with it; empty if only the peer can change the outcome, if the change would give up a check, or if the context has no such property
     */
    Optional<String> setting();

    /**
     * Gives the advice.
     *
     * @return what to do, in one or more sentences
     */
    String remedy();

    /**
     * Gives a command that repeats the failure. {@code openssl s_client} takes the place of the client. {@code openssl s_server} takes the
     * place of this server, and the same client connects to it. If the command needs a file that is not known, it contains a name such as
     * {@code trust.pem} in its place. What the peer has sent is quoted for a shell, or omitted.
     *
     * @return one line for a shell; empty if there is no such command, and on a client with {@code sluice.journal.mask}
     */
    Optional<String> reproduce();
}
