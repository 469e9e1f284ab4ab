package io.sluice.internal.config;

import java.time.Duration;
import java.util.List;

/** The keys of a client of the jar sluice-client. */
final class ClientKeys {

    /** The prefix of all, without a dot at its end. */
    static final String PREFIX = "sluice.client";

    private static final int MOST = Integer.MAX_VALUE;

    static final Key ADDRESSES = Key.of(
                    "addresses",
                    ValueType.LIST,
                    "the servers, each as `host:port`. The first one is preferred; a later one is used while those before it fail")
            .otherwise("required");

    static final Key SSL = Key.of("ssl", ValueType.TEXT, "the SSL context; `none` for plaintext")
            .otherwise("the context with the client's name");

    static final Key CONNECT_TIMEOUT = Key.of(
                    "connect-timeout", ValueType.DURATION, "the longest time to connect to one of the addresses")
            .preset(Duration.ofSeconds(10));

    static final Key HANDSHAKE_TIMEOUT = Key.of(
                    "handshake-timeout", ValueType.LIMIT, "the longest time for a handshake; `0s` means no limit")
            .otherwise("the context's");

    static final Key READ_TIMEOUT = Key.of(
                    "read-timeout",
                    ValueType.LIMIT,
                    "the longest time between arrivals, for a `StreamClient`; `0s` means no limit")
            .preset(Duration.ofSeconds(30));

    static final Key WRITE_TIMEOUT = Key.of(
                    "write-timeout", ValueType.LIMIT, "the longest time for a write; `0s` means no limit")
            .preset(Duration.ofSeconds(30));

    static final Key REPLY_TIMEOUT = Key.of(
                    "reply-timeout",
                    ValueType.DURATION,
                    "the longest time from a request to its complete reply, for a `MessageClient`")
            .preset(Duration.ofSeconds(30));

    static final Key BACKOFF = Key.of(
                    "backoff",
                    ValueType.DURATION,
                    "how long an address is left alone after it has failed. The time doubles with each failure in a row, and"
                            + " varies by chance between half and all of it")
            .preset(Duration.ofMillis(100));

    static final Key MAX_BACKOFF =
            Key.of("max-backoff", ValueType.DURATION, "the longest such time").preset(Duration.ofSeconds(10));

    static final Key FRAMES = Key.of(
                    "frames",
                    ValueType.TEXT,
                    "[where a message ends](messages.md#frames), such as `line`, `length:4` or `mllp`, for a `MessageClient` of"
                            + " `byte[]`, `ByteBuffer` or `String`")
            .otherwise("a bean of type `FrameCodec`");

    static final Key MAX_FRAME = Key.number(
                    "max-frame", 1, MOST, "the longest frame that a `MessageClient` receives, in bytes")
            .preset(65_536);

    static final Key FRAME_TIMEOUT = Key.of(
                    "frame-timeout",
                    ValueType.DURATION,
                    "the longest time from the first byte of a frame to its last, for a `MessageClient`")
            .preset(Duration.ofSeconds(30));

    static final Key MAX_SIZE = Key.number("max-size", 1, 100_000, "the most connections at the same time")
            .preset(10);

    static final Key MIN_IDLE = Key.number(
                    "min-idle", 0, 100_000, "how many unused connections are kept ready, within `max-size`")
            .preset(0);

    static final Key MAX_WAIT = Key.of(
                    "max-wait", ValueType.DURATION, "the longest wait for a connection while `max-size` are in use")
            .preset(Duration.ofSeconds(30));

    static final Key MAX_LIFETIME = Key.of(
                    "max-lifetime",
                    ValueType.LIMIT,
                    "the age at which a connection is replaced between two uses, less up to a tenth by chance; `0s` means no"
                            + " limit")
            .preset(Duration.ofMinutes(30));

    static final Key IDLE_TIMEOUT = Key.of(
                    "idle-timeout",
                    ValueType.LIMIT,
                    "a connection is closed when it has not been used for this long; `0s` means no limit")
            .preset(Duration.ofMinutes(5));

    static final Key TEST_AFTER = Key.of(
                    "test-after",
                    ValueType.DURATION,
                    "a connection that has not been used for this long is tested before its next use")
            .preset(Duration.ofMillis(100));

    static final Key SHARED = Key.truth(
            "shared",
            false,
            "one connection for all callers, in place of the pool. Replies are matched by correlation if the codec is a"
                    + " `CorrelatedCodec`; otherwise one request runs at a time");

    static final KeyTable TABLE = KeyTable.of(
            "client",
            ADDRESSES,
            SSL,
            CONNECT_TIMEOUT,
            HANDSHAKE_TIMEOUT,
            READ_TIMEOUT,
            WRITE_TIMEOUT,
            REPLY_TIMEOUT,
            BACKOFF,
            MAX_BACKOFF,
            FRAMES,
            MAX_FRAME,
            FRAME_TIMEOUT,
            MAX_SIZE,
            MIN_IDLE,
            MAX_WAIT,
            MAX_LIFETIME,
            IDLE_TIMEOUT,
            TEST_AFTER,
            SHARED);

    static final PropertyKeys KEYS = PropertyKeys.of(PREFIX + ".", List.of(TABLE));

    private ClientKeys() {}
}
