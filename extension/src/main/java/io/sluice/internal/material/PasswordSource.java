package io.sluice.internal.material;

import java.util.Optional;

/** The source of passwords that are not configured. */
public interface PasswordSource {

    /** A source without passwords. */
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
     * Returns a password.
     *
     * @param property the property that would hold it
     * @param alias the key that it opens; empty if it opens a store
     * @return the password, which the caller wipes; empty if there is none
     */
    Optional<char[]> password(String property, Optional<String> alias);

    /**
     * Returns a description of the source, for messages.
     *
     * @return the description
     */
    String description();
}
