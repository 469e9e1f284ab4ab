package io.sluice.internal.config;

import io.sluice.server.MessageLimits;
import io.sluice.server.OnRotation;
import io.sluice.server.ServerSettings;
import java.util.List;

/** The keys of an endpoint. */
final class EndpointKeys {

    private static final int MOST = Integer.MAX_VALUE;
    private static final ServerSettings DEFAULTS = ServerSettings.named("").build();

    static final Key ENABLED = Key.truth("enabled", true, "whether the endpoint is served");

    static final Key PORT = Key.number("port", 0, 65_535, "the port; 0 selects a free one")
            .otherwise("the attribute's value; an error if neither is set");

    static final Key ADDRESS = Key.of(
                    "address", ValueType.TEXT, "an address of this machine, or a name for its first address")
            .otherwise("the attribute's value; all addresses");

    static final Key SSL = Key.of("ssl", ValueType.TEXT, "the SSL context; `none` for plaintext")
            .otherwise("the attribute's value; the context with the endpoint's name");

    static final Key BACKLOG = Key.number("backlog", 1, MOST, "the number of connections that may wait to be accepted")
            .preset(DEFAULTS.backlog());

    static final Key REUSE_ADDRESS = Key.truth(
            "reuse-address",
            DEFAULTS.reuseAddress(),
            "bind the port even if connections of its previous server linger");

    static final Key REUSE_PORT = Key.truth("reuse-port", DEFAULTS.reusePort(), "share the port with other servers");

    static final Key NO_DELAY = Key.truth("no-delay", DEFAULTS.noDelay(), "send small writes immediately");

    static final Key KEEP_ALIVE =
            Key.truth("keep-alive", DEFAULTS.keepAlive(), "whether the system probes idle connections");

    static final Key RECEIVE_BUFFER = buffer("receive-buffer");
    static final Key SEND_BUFFER = buffer("send-buffer");

    static final Key READ_TIMEOUT = Key.of(
                    "read-timeout", ValueType.LIMIT, "the longest time between arrivals; `0s` means no limit")
            .otherwise("none");

    static final Key WRITE_TIMEOUT = Key.of(
                    "write-timeout", ValueType.LIMIT, "the longest time for a write; `0s` means no limit")
            .otherwise("none; for methods of messages 30 seconds");

    static final Key HANDSHAKE_TIMEOUT = Key.of(
                    "handshake-timeout", ValueType.LIMIT, "the longest time for a handshake; `0s` means no limit")
            .otherwise("the context's");

    static final Key CLOSE_TIMEOUT = Key.of(
                    "close-timeout", ValueType.DURATION, "the longest time for a close; must be longer than zero")
            .otherwise("the context's");

    static final Key MAX_CONNECTIONS = Key.number("max-connections", 0, MOST, "the limit of concurrent connections")
            .preset(DEFAULTS.maxConnections())
            .otherwise("`0`: no limit on virtual threads, 1,024 on other threads");

    static final Key WHEN_FULL = Key.choice(
            "when-full",
            DEFAULTS.whenFull(),
            "`wait`: further connections wait in the backlog; `refuse`: they are reset immediately");

    static final Key ACCEPT_RATE = Key.number(
                    "accept-rate",
                    0,
                    MOST,
                    "[the limit of accepted connections per second](#limits-against-abuse); further ones are reset")
            .preset(DEFAULTS.acceptRate())
            .otherwise("`0`: no limit");

    static final Key ACCEPT_BURST = Key.number(
                    "accept-burst", 0, MOST, "the connections that may come at once before `accept-rate` limits them")
            .preset(DEFAULTS.acceptBurst())
            .otherwise("`0`: as many as in one second");

    static final Key THREADS = Key.choice(
            "threads",
            DEFAULTS.threads(),
            "`managed`, `virtual` or `platform` threads; `auto` takes the first kind that is available");

    static final Key CALLER = Key.choice(
            "caller",
            EndpointSettings.Caller.NONE,
            "`certificate`: the client's certificate becomes [the caller of the server's"
                    + " security](#the-client-as-the-servers-caller)");

    static final Key DRAIN_TIMEOUT = Key.of(
                    "drain-timeout",
                    ValueType.DURATION,
                    "the time for handlers to finish at the end; must be longer than zero")
            .preset(DEFAULTS.drainTimeout());

    static final Key ON_ROTATION = Key.choice(
                    "on-rotation",
                    OnRotation.class,
                    "what happens to [open connections when the context is reloaded](#when-its-context-is-reloaded): `keep`,"
                            + " `drain` or `close`")
            .otherwise("the attribute's value; `keep`");

    static final Key PROXY_PROTOCOL = Key.words(
                    "proxy-protocol",
                    List.of(ProxyReader.NONE, "v1", "v2", "any"),
                    "the PROXY header [behind a balancer](balancer.md): `v1`, `v2`, `any` or `none`")
            .preset(ProxyReader.NONE);

    static final Key TRUSTED_PROXIES = Key.of(
                    "trusted-proxies", ValueType.LIST, "the only addresses and ranges that may send the header")
            .otherwise("required with `proxy-protocol`");

    static final Key FRAMES = Key.of(
                    "frames",
                    ValueType.TEXT,
                    "[where a message ends](messages.md#frames), such as `line`, `length:4` or `mllp`; for methods of messages")
            .otherwise("the attribute's value; a bean of type `FrameCodec`");

    static final Key MAX_FRAME =
            Key.number("max-frame", 1, MOST, "the largest frame, in bytes").preset(MessageLimits.DEFAULTS.maxFrame());

    static final Key FRAME_TIMEOUT = Key.of(
                    "frame-timeout",
                    ValueType.DURATION,
                    "the longest time from the first byte of a frame to its last; must be longer than zero")
            .preset(MessageLimits.DEFAULTS.frameTimeout());

    static final Key IDLE_TIMEOUT = Key.of(
                    "idle-timeout", ValueType.LIMIT, "the longest silence between frames; `0s` means no limit")
            .otherwise("none");

    static final Key MAX_HANDLERS = Key.number(
                    "max-handlers", 0, MOST, "the limit of messages that are handled at the same time")
            .preset(DEFAULTS.maxHandlers())
            .otherwise("`0`: no limit on virtual threads, 200 on other threads");

    static final KeyTable TABLE = KeyTable.of(
            "endpoint",
            ENABLED,
            PORT,
            ADDRESS,
            SSL,
            BACKLOG,
            REUSE_ADDRESS,
            REUSE_PORT,
            NO_DELAY,
            KEEP_ALIVE,
            RECEIVE_BUFFER,
            SEND_BUFFER,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            HANDSHAKE_TIMEOUT,
            CLOSE_TIMEOUT,
            MAX_CONNECTIONS,
            WHEN_FULL,
            ACCEPT_RATE,
            ACCEPT_BURST,
            THREADS,
            CALLER,
            DRAIN_TIMEOUT,
            ON_ROTATION,
            PROXY_PROTOCOL,
            TRUSTED_PROXIES,
            FRAMES,
            MAX_FRAME,
            FRAME_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_HANDLERS);

    static final PropertyKeys KEYS = PropertyKeys.of("sluice.endpoint.", List.of(TABLE));

    private EndpointKeys() {}

    private static Key buffer(String name) {
        return Key.number(name, 1, MOST, "the size of the socket's buffer, in bytes")
                .otherwise("the system's");
    }
}
