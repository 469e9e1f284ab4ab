package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.Internal;

/**
 * What a creator or connector brings to each of its calls, where the call's initargs do not say otherwise.
 *
 * @param context the context
 * @param errorp whether socket errors are thrown
 * @param side the side of the handshake
 * @hidden
 */
@Internal
public record CreationDefaults(SslContextSpecifier context, boolean errorp, SslSide side) {}
