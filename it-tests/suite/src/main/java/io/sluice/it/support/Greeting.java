package io.sluice.it.support;

import jakarta.enterprise.context.ApplicationScoped;

/** A bean of an application, for the tests that only ask whether a container is there. */
@ApplicationScoped
public class Greeting {
    public String text() {
        return "hello";
    }
}
