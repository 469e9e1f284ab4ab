package io.sluice.internal.client;

import io.sluice.management.ClientInfo;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client in the report. The names of the components are the accessors that JMX requires. */
record ClientRow(
        String getName,
        String getContext,
        List<AddressInfo> getAddresses,
        int getMaxSize,
        int getActive,
        int getIdle,
        int getWaiting,
        long getOpened,
        long getLent,
        long getTimeouts,
        SortedMap<String, Long> getClosed,
        SortedMap<String, Long> getFailed)
        implements ClientInfo {

    private record AddressRow(
            String getAddress, int getFailures, @Nullable String getLastFailure) implements AddressInfo {

        static AddressRow of(AddressState state) {
            return new AddressRow(
                    AddressState.text(state.address()),
                    state.failures(),
                    state.lastFailure()
                            .map(condition -> condition.kind().name())
                            .orElse(null));
        }
    }

    static ClientRow of(RunningClient client) {
        ConnectionSource<?> source = client.source();
        ClientFigures figures = source.figures();
        return new ClientRow(
                client.settings().name(),
                client.settings().ssl(),
                source.addresses().states().stream()
                        .<AddressInfo>map(AddressRow::of)
                        .toList(),
                client.settings().pool().maxSize(),
                client.pool()
                        .map(ConnectionPool::active)
                        .or(() -> client.shared().map(SharedMessageClient::users))
                        .orElse(0),
                client.pool().map(ConnectionPool::idle).orElse(0),
                client.pool().map(ConnectionPool::waiting).orElse(0),
                figures.opened(),
                figures.lent(),
                figures.timeouts(),
                byName(figures.discarded()),
                byName(figures.failed()));
    }

    private static <E extends Enum<E>> SortedMap<String, Long> byName(Map<E, Long> numbers) {
        SortedMap<String, Long> named = new TreeMap<>();
        numbers.forEach((constant, number) -> named.put(constant.name(), number));
        return named;
    }
}
