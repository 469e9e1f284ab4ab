package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;

/** Upgrades to plaintext, for connections that tests create directly. */
final class Upgrades {

    private Upgrades() {}

    static ConnectionPlan none(Initarg... initargs) {
        return new ConnectionPlan(SslContextSpecifier.plain(), Initargs.of(initargs), SslSide.SERVER);
    }
}
