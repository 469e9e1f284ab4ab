package io.sluice.internal.cli.document;

import java.util.List;
import java.util.Optional;

/**
 * What one side offers, or is willing to accept, in a handshake.
 *
 * @param facts its members
 */
public record OfferEntry(JsonFacts facts) {

    /** The kinds of things that are offered. */
    public enum Kind {
        /** Versions of TLS. */
        VERSIONS("versions", "versions"),
        /** Cipher suites. */
        CIPHER_SUITES("cipherSuites", "cipher suites"),
        /** Groups of the key exchange. */
        GROUPS("groups", "groups"),
        /** Signature schemes. */
        SIGNATURE_SCHEMES("signatureSchemes", "signature schemes"),
        /** Application protocols. */
        APPLICATION_PROTOCOLS("applicationProtocols", "application protocols"),
        /** The issuers whose certificates are accepted. */
        ISSUERS("issuers", "issuers");

        private final String member;
        private final String label;

        Kind(String member, String label) {
            this.member = member;
            this.label = label;
        }

        /** {@return the name for people} */
        public String label() {
            return label;
        }
    }

    /**
     * What is offered.
     *
     * @param kind the kind of things
     * @return the things, in the order of preference
     */
    public List<String> of(Kind kind) {
        return facts.texts(kind.member);
    }

    /** {@return the name of the server that the client asks for} */
    public Optional<String> serverName() {
        return facts.text("serverName");
    }
}
