package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The rows that are measured in rounds, with all servers alive: in each round each server once a row, in an order of its own. */
final class Rounds {

    private static final List<Row> CONNECTIONS = List.of(Row.EC, Row.RSA, Row.RESUMED, Row.MUTUAL, Row.PLAIN);
    private static final List<Row> BULK = List.of(Row.DOWN_16, Row.DOWN_64, Row.UP_16, Row.UP_64);
    private static final List<Row> TRIPS = List.of(Row.TRIPS_1, Row.TRIPS_64);

    private static final int MEGABYTE = 1_000_000;
    private static final int MANY = 64;

    /** A plain connection costs a twentieth, and would be lost in the noise. */
    private static final int MORE_PLAIN = 5;

    private final Plan plan;
    private final List<Row> wanted;
    private final LoadClient client;
    private final HybridClient hybrid;
    private final Results results;
    private final Random random = new Random(17);

    Rounds(Plan plan, List<Row> wanted, LoadClient client, HybridClient hybrid, Results results) {
        this.plan = plan;
        this.wanted = wanted;
        this.client = client;
        this.hybrid = hybrid;
        this.results = results;
    }

    private List<Row> wanted(List<Row> of) {
        return of.stream().filter(wanted::contains).toList();
    }

    /** The same for every server. */
    void warmUp(Server server) throws IOException {
        for (Row row : wanted(CONNECTIONS)) {
            connections(server, row, row == Row.EC ? plan.warmUp() : plan.furtherWarmUp());
        }
        if (wanted.contains(Row.HYBRID)) {
            connections(server, Row.HYBRID, plan.furtherWarmUp());
        }
        for (Row row : wanted(BULK)) {
            for (int i = 0; i < 2; i++) {
                bulk(server, row, plan.megabytes());
            }
        }
        for (Row row : wanted(TRIPS)) {
            trips(server, row, 2 * plan.trips());
        }
    }

    void run(List<Server> servers) throws IOException {
        List<Server> order = new ArrayList<>(servers);
        for (int round = 1 - plan.settling(); round <= plan.rounds(); round++) {
            System.out.println(round > 0 ? "round " + round + " of " + plan.rounds() : "round that is not counted");
            List<Row> rows = new ArrayList<>(CONNECTIONS);
            rows.add(Row.HYBRID);
            rows.addAll(BULK);
            rows.addAll(TRIPS);
            for (Row row : wanted(rows)) {
                Collections.shuffle(order, random);
                for (Server server : order) {
                    double figure = server.can(row) ? measure(server, row) : 0;
                    if (server.can(row) && round > 0) {
                        results.add(new Sample(row, server.jdk(), server.label(), round, figure));
                    }
                }
            }
        }
    }

    private double measure(Server server, Row row) throws IOException {
        if (BULK.contains(row)) {
            int megabytes = plan.megabytes() * server.factor();
            return megabytes / bulk(server, row, megabytes);
        }
        if (TRIPS.contains(row)) {
            int count = plan.trips() * server.factor();
            return trips(server, row, count) * 1e6 / count;
        }
        int count = plan.connections() * (row == Row.PLAIN ? MORE_PLAIN : server.factor());
        return connections(server, row, count) * 1e6 / count;
    }

    /** CPU seconds of the server. */
    private double connections(Server server, Row row, int count) throws IOException {
        if (!server.can(row)) {
            return 0;
        }
        int port = server.ports().number(row.door());
        double before = client.cpuSeconds(server.pid());
        if (row == Row.HYBRID) {
            hybrid.connect(port, count);
        } else {
            run(server, "connections " + port + " " + server.kind(row) + " " + count);
        }
        return client.cpuSeconds(server.pid()) - before;
    }

    private double bulk(Server server, Row row, int megabytes) throws IOException {
        if (!server.can(row)) {
            return 0;
        }
        boolean up = row == Row.UP_16 || row == Row.UP_64;
        int size = (row == Row.UP_16 || row == Row.DOWN_16 ? 16 : 64) * 1024;
        int blocks = megabytes * MEGABYTE / size;
        double before = client.cpuSeconds(server.pid());
        run(
                server,
                "transfer " + server.ports().number(Door.BULK) + " ec " + (up ? "up " : "down ") + size + " " + blocks);
        return client.cpuSeconds(server.pid()) - before;
    }

    private double trips(Server server, Row row, int count) throws IOException {
        if (!server.can(row)) {
            return 0;
        }
        run(server, "open " + server.ports().number(Door.MANY) + " ec " + (row == Row.TRIPS_1 ? 1 : MANY));
        double before = client.cpuSeconds(server.pid());
        run(server, "trips " + count);
        double used = client.cpuSeconds(server.pid()) - before;
        run(server, "close");
        return used;
    }

    private void run(Server server, String command) throws IOException {
        client.busy();
        try {
            client.run(command);
        } catch (IOException e) {
            throw new IOException(server.label() + " on JDK " + server.jdk() + ": " + e.getMessage(), e);
        }
        results.clientBusy(client.busy());
    }
}
