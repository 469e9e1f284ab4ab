package io.sluice.it;

import jakarta.enterprise.context.ApplicationScoped;

/** A bean of an application, for the tests that only ask whether a container is there. */
@ApplicationScoped
class Greeting {
    String text() {
        return "hello";
    }
}
