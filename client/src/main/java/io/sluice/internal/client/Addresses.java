package io.sluice.internal.client;

import io.sluice.internal.config.ClientSettings;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses of a client in the order of preference, and which of them have failed. Thread-safe. */
final class Addresses {

    /** Opens a connection. */
    interface Opener<T> {
        T open(InetSocketAddress address) throws SocketStreamException;
    }

    private final String client;
    private final List<AddressState> states;

    Addresses(ClientSettings settings) {
        this.client = settings.name();
        List<AddressState> all = new ArrayList<>();
        for (InetSocketAddress address : settings.addresses()) {
            all.add(new AddressState(address, all.size(), settings.backoff()));
        }
        this.states = List.copyOf(all);
    }

    List<AddressState> states() {
        return states;
    }

    /**
     * Opens at the first address that works. Those that have failed come last, so that nobody waits for them while another one works; {@link
     * #openBetter} finds out when they work again.
     */
    <T> Reached<T> open(Opener<T> opener) throws SocketStreamException {
        List<AddressState> order = new ArrayList<>(
                states.stream().filter(state -> !state.hasFailed()).toList());
        states.stream().filter(state -> !order.contains(state)).forEach(order::add);
        return firstOf(order, opener).orElseThrow(this::unreachable);
    }

    /** Opens at an address before the first one that works, if it is time to try one again. */
    <T> Optional<Reached<T>> openBetter(Opener<T> opener) throws SocketStreamException {
        return firstOf(states.stream().takeWhile(AddressState::hasFailed).toList(), opener);
    }

    /** Whether no address before a position works, as far as is known. */
    boolean isBest(int position) {
        return states.stream().limit(position).allMatch(AddressState::hasFailed);
    }

    private static <T> Optional<Reached<T>> firstOf(List<AddressState> order, Opener<T> opener)
            throws SocketStreamException {
        for (AddressState state : order) {
            if (state.begin()) {
                Optional<Reached<T>> reached = attempt(state, opener);
                if (reached.isPresent()) {
                    return reached;
                }
            }
        }
        return Optional.empty();
    }

    private static <T> Optional<Reached<T>> attempt(AddressState state, Opener<T> opener) throws SocketStreamException {
        long began = System.nanoTime();
        boolean isAnswered = false;
        try {
            T opened = opener.open(state.address());
            state.succeeded();
            isAnswered = true;
            return Optional.of(new Reached<>(opened, state.position()));
        } catch (SocketStreamException e) {
            if (e.kind() == Kind.INTERRUPTED || e.kind() == Kind.CLOSED) {
                throw e;
            }
            state.failed(e, began);
            isAnswered = true;
            return Optional.empty();
        } finally {
            if (!isAnswered) {
                state.abandoned();
            }
        }
    }

    /** The kind is that of the failures if they have the same, so that callers can tell a wrong certificate from a dead server. */
    private SocketStreamException unreachable() {
        List<SocketStreamException> failures =
                states.stream().flatMap(state -> state.lastFailure().stream()).toList();
        Set<Kind> kinds = failures.stream().map(SocketStreamException::kind).collect(Collectors.toSet());
        SocketStreamException condition = new SocketStreamException(
                kinds.size() == 1 ? kinds.iterator().next() : Kind.CONNECT_FAILED,
                "client '" + client + "' has no connection, and cannot reach any of its addresses now: "
                        + states.stream().map(AddressState::words).collect(Collectors.joining("; ")),
                failures.isEmpty() ? null : failures.get(0));
        failures.stream().skip(1).forEach(condition::addSuppressed);
        return condition;
    }
}
