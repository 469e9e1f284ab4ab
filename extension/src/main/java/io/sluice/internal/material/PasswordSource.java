package io.sluice.internal.material;

import java.util.Optional;

/** Where passwords come from that are not configured. */
public interface PasswordSource {

    /** Nobody to ask. */
    PasswordSource NONE = new PasswordSource() {
        @Override
        public Optional<char[]> password(String property, Optional<String> alias) {
            return Optional.empty();
        }

        @Override
        public String description() {
            return "nobody";
        }
    };

    /**
     * A password.
     *
     * @param property the property that would hold it
     * @param alias the key that it opens; empty if it opens a store
     * @return the password, which the caller wipes; empty if there is none
     */
    Optional<char[]> password(String property, Optional<String> alias);

    /**
     * Who is asked, in the words of a message.
     *
     * @return the words
     */
    String description();
}
