package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSsl;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.SessionSettings;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Finds the settings of a context that BoringSSL cannot honour.
 *
 * @param material the settings, keys and trust of the context
 */
record Unsupported(EngineMaterial material) {

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        ParameterSettings parameters = material.settings().parameters();
        parameters.protocols().ifPresent(protocols -> checkProtocols(protocols, problems));
        parameters.cipherSuites().ifPresent(suites -> checkSuites(suites, problems));
        EngineSettings engine = material.settings().engine();
        engine.keyExchangeGroups().ifPresent(groups -> checkGroups(groups, problems));
        engine.signatureSchemes()
                .ifPresent(schemes -> problems.add(Problem.of(
                        schemes.setting(),
                        "the signature schemes of BoringSSL cannot be set",
                        "Remove this property, or use engine=jdk")));
        if (!material.forgetful()) {
            checkTickets(material.settings().sessions(), problems);
        }
        SessionSettings sessions = material.settings().sessions();
        if (new ContextRecipe(material).limitsSessions()) {
            sessions.tickets()
                    .filter(configured -> sessions.sendsTickets())
                    .or(sessions::ticketKeys)
                    .ifPresent(tickets -> problems.add(Problem.of(
                            tickets,
                            "BoringSSL does not apply session.timeout to tickets of TLS 1.3, so a server with both sends none",
                            "Remove this property or " + material.settings().property("session.timeout")
                                    + ", or use engine=jdk")));
        }
        if (!(material.trust() instanceof X509ExtendedTrustManager)) {
            problems.add(Problem.unset(
                    material.settings().property("engine"),
                    "its trust manager (" + material.trust().getClass().getName()
                            + ") does not see connections, so it cannot be used with BoringSSL",
                    "Use a trust manager of the class X509ExtendedTrustManager, or engine=jdk"));
        }
        return problems;
    }

    /** A session that is resumed from a ticket brings the client's certificate with it, but not how it was accepted. */
    private static void checkTickets(SessionSettings sessions, List<Problem> problems) {
        sessions.ticketKeys()
                .or(() -> sessions.tickets().filter(configured -> sessions.sendsTickets()))
                .ifPresent(setting -> problems.add(Problem.of(
                        setting,
                        "this server sends no tickets, because they do not tell whether a client's certificate was verified,"
                                + " and trust-all or a VerifyCallback can accept others",
                        "Remove this property, or let the trust store alone decide about clients")));
    }

    private static void checkGroups(PreferenceList groups, List<Problem> problems) {
        List<String> missing = groups.missing(Groups.KNOWN);
        if (!missing.isEmpty()) {
            problems.add(Problem.of(
                    groups.setting(),
                    "BoringSSL does not have the group" + (missing.size() == 1 ? " " : "s ")
                            + String.join(", ", missing),
                    "Use groups of " + String.join(", ", Groups.KNOWN) + ", or add the mark ? to what may be omitted"));
        } else if (groups.usable(Groups.KNOWN).isEmpty()) {
            problems.add(Problem.of(
                    groups.setting(),
                    "BoringSSL has none of the groups",
                    "Add one of " + String.join(", ", Groups.KNOWN)));
        }
    }

    private static void checkProtocols(Setting protocols, List<Problem> problems) {
        for (String name : protocols.list()) {
            if (!List.of(Suites.TLS_1_3, Suites.TLS_1_2).contains(name)) {
                problems.add(Problem.of(
                        protocols,
                        "BoringSSL is used with TLSv1.3 and TLSv1.2 only, not with '" + name + "'",
                        "Remove it, or use engine=jdk"));
            }
        }
    }

    private static void checkSuites(Setting suites, List<Problem> problems) {
        List<String> names = suites.list();
        List<String> unknown = Suites.unknown(names);
        if (!unknown.isEmpty()) {
            problems.add(Problem.of(
                    suites,
                    "BoringSSL does not have " + String.join(", ", unknown),
                    "Remove them, or use engine=jdk. BoringSSL has "
                            + String.join(", ", new TreeSet<>(OpenSsl.availableJavaCipherSuites()))));
        }
        boolean some = names.stream().anyMatch(Suites.OF_TLS_1_3::contains);
        if (some && !names.containsAll(Suites.OF_TLS_1_3)) {
            problems.add(Problem.of(
                    suites,
                    "BoringSSL cannot use only some of the cipher suites of TLSv1.3",
                    "Name all of " + String.join(", ", new TreeSet<>(Suites.OF_TLS_1_3))
                            + ", or none of them, or use engine=jdk"));
        }
    }
}
