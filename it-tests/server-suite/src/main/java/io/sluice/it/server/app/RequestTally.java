package io.sluice.it.server.app;

import jakarta.enterprise.context.RequestScoped;

/** Counts the calls in one request. */
@RequestScoped
public class RequestTally {

    private int calls;

    int next() {
        return ++calls;
    }
}
