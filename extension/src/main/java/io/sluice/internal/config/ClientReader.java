package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Reads the settings of one client. */
final class ClientReader {

    /** {@code host:1}, or an address of IPv6 in brackets. */
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:\\[\\]]+)):(\\d{1,5})");

    private final String name;
    private final Problems problems;
    private final PropertyReader reader;

    ClientReader(Config config, String name, Problems problems) {
        this.name = name;
        this.problems = problems;
        this.reader = new PropertyReader(config, problems);
    }

    /** The settings; empty if there is no usable address, which is reported. */
    Optional<ClientSettings> read() {
        List<InetSocketAddress> addresses = addresses();
        Optional<String> ssl = text(ClientKeys.SSL);
        ClientSettings.Timeouts timeouts = new ClientSettings.Timeouts(
                duration(ClientKeys.CONNECT_TIMEOUT),
                reader.duration(property(ClientKeys.HANDSHAKE_TIMEOUT), ClientKeys.HANDSHAKE_TIMEOUT),
                duration(ClientKeys.READ_TIMEOUT),
                duration(ClientKeys.WRITE_TIMEOUT),
                duration(ClientKeys.REPLY_TIMEOUT));
        ClientSettings.Framing frames = new ClientSettings.Framing(
                text(ClientKeys.FRAMES), number(ClientKeys.MAX_FRAME), duration(ClientKeys.FRAME_TIMEOUT));
        ClientSettings.Backoff backoff = backoff();
        ClientSettings.Pool pool = pool();
        return addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClientSettings(name, addresses, ssl.orElse(name), timeouts, backoff, frames, pool));
    }

    private List<InetSocketAddress> addresses() {
        Optional<Setting> set = reader.list(property(ClientKeys.ADDRESSES));
        if (set.isEmpty()) {
            problems.error(Problem.unset(
                    property(ClientKeys.ADDRESSES),
                    "client '" + name + "' has no address to connect to",
                    "Set the addresses of its servers in the order of preference, such as lab-1:2575,lab-2:2575"));
            return List.of();
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String text : set.get().list()) {
            Optional<InetSocketAddress> address = parse(text);
            if (address.isEmpty()) {
                problems.error(
                        set.get().element(text),
                        "'" + text + "' is not a host with a port from 1 to 65535",
                        "Write it as host:port, such as lab-1:2575 or [::1]:2575");
            } else if (addresses.contains(address.get())) {
                problems.error(set.get().element(text), "'" + text + "' is listed twice", "Remove one of the two");
            } else {
                addresses.add(address.get());
            }
        }
        return addresses;
    }

    private static Optional<InetSocketAddress> parse(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return port < 1 || port > 65_535
                ? Optional.empty()
                : Optional.of(InetSocketAddress.createUnresolved(host, port));
    }

    private ClientSettings.Backoff backoff() {
        Duration first = duration(ClientKeys.BACKOFF);
        Duration most = duration(ClientKeys.MAX_BACKOFF);
        if (first.compareTo(most) > 0) {
            reportConflict(
                    ClientKeys.BACKOFF,
                    ClientKeys.MAX_BACKOFF,
                    "it is longer than " + ClientKeys.MAX_BACKOFF.name(),
                    "Set a shorter one, or a longer ");
        }
        return new ClientSettings.Backoff(first, most);
    }

    private ClientSettings.Pool pool() {
        int maxSize = number(ClientKeys.MAX_SIZE);
        int minIdle = number(ClientKeys.MIN_IDLE);
        boolean shared = reader.truth(property(ClientKeys.SHARED)).orElse(ClientKeys.SHARED.isTrueByDefault());
        if (shared) {
            reader.value(property(ClientKeys.MAX_SIZE))
                    .filter(setting -> maxSize != 1)
                    .ifPresent(setting -> problems.error(
                            setting,
                            "it has no effect, because the client has one shared connection",
                            "Remove it, or " + property(ClientKeys.SHARED)));
        }
        if (minIdle > (shared ? 1 : maxSize)) {
            reportConflict(
                    ClientKeys.MIN_IDLE,
                    ClientKeys.MAX_SIZE,
                    "it is greater than the number of connections",
                    "Set a smaller one, or a greater ");
        }
        return new ClientSettings.Pool(
                shared ? 1 : maxSize,
                minIdle,
                duration(ClientKeys.MAX_WAIT),
                duration(ClientKeys.MAX_LIFETIME),
                duration(ClientKeys.IDLE_TIMEOUT),
                duration(ClientKeys.TEST_AFTER),
                shared);
    }

    /** Reports a value that does not fit another one, at whichever of the two is set. */
    private void reportConflict(Key key, Key other, String fault, String remedy) {
        reader.value(property(key))
                .or(() -> reader.value(property(other)))
                .ifPresent(setting -> problems.error(new Problem(
                        property(key),
                        setting.property().equals(property(key)) ? Optional.of(setting.source()) : Optional.empty(),
                        fault,
                        remedy + property(other))));
    }

    private String property(Key key) {
        return ClientSettings.property(name, key.name());
    }

    private Optional<String> text(Key key) {
        return reader.value(property(key)).map(Setting::value).map(String::strip);
    }

    private int number(Key key) {
        return reader.number(property(key), key).orElseGet(key::defaultNumber);
    }

    private Duration duration(Key key) {
        return reader.duration(property(key), key).orElseGet(key::defaultDuration);
    }
}
