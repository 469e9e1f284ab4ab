package io.sluice.it.support;

import jakarta.enterprise.context.ApplicationScoped;

/** A bean for tests that check only whether a container is running. */
@ApplicationScoped
public class Greeting {
    public String text() {
        return "hello";
    }
}
