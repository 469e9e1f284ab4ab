package io.sluice.benchmarks;

import java.io.IOException;

/** What the echo servers are asked for, by how many clients at once, and how often. */
enum EchoLoad {
    PLAIN_CONNECTIONS("connections, plain", 8, 12_000, 5_000) {
        @Override
        Operation client(ServerProcess server) {
            return Operation.connections(EchoLoadClient.plain(server.plainPort()));
        }
    },
    FULL_CONNECTIONS("connections, TLS 1.3, full handshakes", 8, 6_000, 300) {
        @Override
        Operation client(ServerProcess server) {
            return Operation.connections(EchoLoadClient.full(server.port()));
        }
    },
    RESUMED_CONNECTIONS("connections, TLS 1.3, resumed", 8, 3_000, 400) {
        @Override
        Operation client(ServerProcess server) throws IOException {
            return Operation.connections(EchoLoadClient.resumed(server.port()));
        }
    },
    PLAIN_ROUND_TRIPS("round trips of 64 bytes, plain, 1 connection", 1, 20_000, 8_000) {
        @Override
        Operation client(ServerProcess server) throws IOException {
            return Operation.roundTrips(EchoLoadClient.plain(server.plainPort()));
        }
    },
    PLAIN_ROUND_TRIPS_64("round trips of 64 bytes, plain, 64 connections", 64, 60_000, 32_000) {
        @Override
        Operation client(ServerProcess server) throws IOException {
            return Operation.roundTrips(EchoLoadClient.plain(server.plainPort()));
        }
    },
    TLS_ROUND_TRIPS("round trips of 64 bytes, TLS 1.3, 1 connection", 1, 20_000, 8_000) {
        @Override
        Operation client(ServerProcess server) throws IOException {
            return Operation.roundTrips(EchoLoadClient.full(server.port()));
        }
    },
    TLS_ROUND_TRIPS_64("round trips of 64 bytes, TLS 1.3, 64 connections", 64, 100_000, 32_000) {
        @Override
        Operation client(ServerProcess server) throws IOException {
            return Operation.roundTrips(EchoLoadClient.full(server.port()));
        }
    };

    private final String title;
    private final int clients;
    private final int warmUp;
    private final int round;

    EchoLoad(String title, int clients, int warmUp, int round) {
        this.title = title;
        this.clients = clients;
        this.warmUp = warmUp;
        this.round = round;
    }

    String title() {
        return title;
    }

    int clients() {
        return clients;
    }

    /** Operations before anything is measured. */
    int warmUp() {
        return warmUp;
    }

    /** Operations of a round. */
    int round() {
        return round;
    }

    /** One client of a server, ready. */
    abstract Operation client(ServerProcess server) throws IOException;
}
