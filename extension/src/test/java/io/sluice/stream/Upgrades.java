package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;

/** Plain upgrades, for connections that tests make by hand. */
final class Upgrades {

    private Upgrades() {}

    static Upgrade none(Initarg... initargs) {
        return new Upgrade(SslContextSpecifier.plain(), Initargs.of(initargs), SslSide.SERVER);
    }
}
