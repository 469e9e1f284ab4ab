package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;

/** Plain upgrades, for connections that tests make by hand. */
final class Upgrades {

    private Upgrades() {}

    static ConnectionPlan none(Initarg... initargs) {
        return new ConnectionPlan(SslContextSpecifier.plain(), Initargs.of(initargs), SslSide.SERVER);
    }
}
