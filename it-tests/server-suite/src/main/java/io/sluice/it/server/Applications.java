package io.sluice.it.server;

import io.sluice.it.server.app.ApplicationLoaders;
import io.sluice.it.server.app.ApplicationLoadersMBean;
import io.sluice.it.server.app.ByNameCheck;
import io.sluice.it.server.app.CallerCheck;
import io.sluice.it.server.app.CallerEndpoint;
import io.sluice.it.server.app.ConnectCheck;
import io.sluice.it.server.app.CountingDecorator;
import io.sluice.it.server.app.CreationCheck;
import io.sluice.it.server.app.EchoEndpoint;
import io.sluice.it.server.app.FaultCheck;
import io.sluice.it.server.app.GreetedStream;
import io.sluice.it.server.app.GreetingInterceptor;
import io.sluice.it.server.app.GuardedBean;
import io.sluice.it.server.app.GuardedEndpoint;
import io.sluice.it.server.app.IdentityCheck;
import io.sluice.it.server.app.InsideEndpoint;
import io.sluice.it.server.app.InterruptCheck;
import io.sluice.it.server.app.LateCheck;
import io.sluice.it.server.app.LateEndpoint;
import io.sluice.it.server.app.ManagementCheck;
import io.sluice.it.server.app.MappedMemory;
import io.sluice.it.server.app.MessageEndpoint;
import io.sluice.it.server.app.MonitorServlet;
import io.sluice.it.server.app.OpenFiles;
import io.sluice.it.server.app.Part;
import io.sluice.it.server.app.PeerEndpoint;
import io.sluice.it.server.app.PortCheck;
import io.sluice.it.server.app.ReloadCheck;
import io.sluice.it.server.app.RequestTally;
import io.sluice.it.server.app.RotationCheck;
import io.sluice.it.server.app.RotationObserver;
import io.sluice.it.server.app.SuppliedTrust;
import io.sluice.it.server.app.Tally;
import io.sluice.it.server.app.TallyCheck;
import io.sluice.it.server.app.TallyEndpoint;
import io.sluice.it.server.app.TaskEndpoint;
import io.sluice.it.server.app.TaskExecutors;
import io.sluice.it.server.app.TerminateCheck;
import io.sluice.it.server.app.ThreadCountCheck;
import io.sluice.it.server.app.TransactionEndpoint;
import io.sluice.it.server.app.TransactionalBean;
import io.sluice.it.server.app.WarEchoStream;
import io.sluice.it.server.app.ear.DiscoveredStream;
import io.sluice.it.server.app.ear.FirstEndpoint;
import io.sluice.it.server.app.ear.MadeCheck;
import io.sluice.it.server.app.ear.NamedStream;
import io.sluice.it.server.app.ear.SecondEndpoint;
import io.sluice.it.server.app.ear.WarName;
import io.sluice.it.support.FaultMatrix;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.InjectionPoints;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.it.support.TwoContexts;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The applications that are deployed. */
final class Applications {

    private Applications() {}

    /** Injects every type of two contexts in every way. */
    static WebArchive injection(TwoContexts contexts) {
        return Wars.war("injection", contexts.properties())
                .addClasses(IdentityCheck.class, Injectable.class, LookupPath.class, InjectionPoints.class, Peer.class)
                .addPackages(false, SocketKind.class.getPackage(), SocketPair.class.getPackage())
                .addAsResource(stored(contexts.peerKeys()), "peer.p12");
    }

    /** Tries the fault matrix, as the tests of the other containers do. */
    static WebArchive faults() {
        return Wars.war("faults", Map.of())
                .addClasses(FaultMatrix.classes())
                .addPackages(false, SocketKind.class.getPackage(), SocketPair.class.getPackage())
                .addClasses(FaultCheck.class)
                .addAsWebInfResource(Wars.beans(FaultMatrix.noBeans()), "beans.xml")
                .addAsLibraries(libraries("checks"));
    }

    /** Creates streams of both sides, with an interceptor and a decorator. */
    static WebArchive creation(TestCertificate certificate) {
        Map<String, String> configuration = new LinkedHashMap<>(key("web", certificate));
        configuration.put("sluice.ssl.web-client.trust-store.pem.certs", certificate.certificatePem());
        return Wars.war("creation", configuration)
                .addClasses(CreationCheck.class, GreetedStream.class, Part.class)
                .addClasses(GreetingInterceptor.class, CountingDecorator.class)
                .addAsLibraries(libraries("checks"));
    }

    /** Has endpoints, all with the context {@code web}. */
    static WebArchive endpoints(TestCertificate certificate) {
        WebArchive war = echo("endpoints", certificate)
                .addClasses(InsideEndpoint.class, TallyEndpoint.class, Tally.class, TallyCheck.class)
                .addClasses(MessageEndpoint.class, ThreadCountCheck.class)
                .addClass(ManagementCheck.class);
        Server server = Server.current();
        if (server.has(Server.Capability.TRANSACTIONS)) {
            war.addClasses(TransactionEndpoint.class, TransactionalBean.class);
        }
        if (server.has(Server.Capability.CONCURRENCY)) {
            war.addClasses(TaskEndpoint.class, TaskExecutors.class, LateEndpoint.class, LateCheck.class);
        }
        if (server.has(Server.Capability.SECURITY)) {
            war.addClasses(CallerEndpoint.class, CallerCheck.class);
        }
        return war;
    }

    /** Serves an echo, with all optional jars, whether or not the server has what they need. */
    static WebArchive withOptionalJars(String name, TestCertificate certificate) {
        return echo(name, certificate).addAsLibraries(libraries("optional"));
    }

    /** Reports the health of its two endpoints, and lets a test end each of them. */
    static WebArchive health(String name, TestCertificate certificate) {
        Map<String, String> configuration = new HashMap<>(key("web", certificate));
        configuration.put("sluice.endpoint.tally.threads", "platform");
        return echo(name, configuration)
                .addClasses(TallyEndpoint.class, Tally.class, TerminateCheck.class, InterruptCheck.class)
                .addAsLibraries(libraries("optional"));
    }

    /** Has endpoints whose clients are callers of the server's security, with rules and without. */
    static WebArchive guarded(TestAuthority authority, TestChain server) {
        Map<String, String> configuration = new HashMap<>();
        for (String name : List.of("guarded", "mapped")) {
            configuration.put("sluice.ssl." + name + ".key-store.pem.0.cert", server.pem());
            configuration.put("sluice.ssl." + name + ".key-store.pem.0.key", server.keyPem());
            configuration.put("sluice.ssl." + name + ".trust-store.pem.certs", authority.pem());
            configuration.put("sluice.ssl." + name + ".client-auth", "need");
            configuration.put("sluice.endpoint." + name + ".caller", "certificate");
        }
        configuration.put("sluice.ssl.guarded.client-auth.allow.dns", "*.client.test");
        return Wars.war("guarded", configuration).addClasses(GuardedEndpoint.class, GuardedBean.class, PortCheck.class);
    }

    /** Serves an echo with the context {@code web}. */
    static WebArchive echo(String name, TestCertificate certificate) {
        return echo(name, key("web", certificate));
    }

    /** The same with a configuration. */
    static WebArchive echo(String name, Map<String, String> configuration) {
        return Wars.war(name, configuration).addClasses(EchoEndpoint.class, WarEchoStream.class, PortCheck.class);
    }

    /** Serves an echo with BoringSSL, whose native library and Netty's jars the server has. */
    static WebArchive echoOfShared(String name, TestCertificate certificate) {
        Map<String, String> configuration = new HashMap<>(key("web", certificate));
        configuration.put("sluice.ssl.web.engine", "boringssl");
        return Wars.with(Server.current().sharing(), echo(name, configuration)).addAsLibraries(libraries("boringssl"));
    }

    /** Serves an echo with BoringSSL, whose native library and Netty's jars it bundles. */
    static WebArchive echoOfBundled(String name, TestCertificate certificate) {
        Map<String, String> configuration = new HashMap<>(key("web", certificate));
        configuration.put("sluice.ssl.web.engine", "boringssl");
        return echo(name, configuration).addAsLibraries(libraries("boringssl")).addAsLibraries(libraries("netty"));
    }

    /** Serves an echo with a context {@code web} that follows its files, and observes its reloads. */
    static WebArchive followed(String name, KeyFiles files) {
        return echo(name, files.configuration("web"))
                .addClasses(RotationObserver.class, RotationCheck.class, RequestTally.class, SuppliedTrust.class);
    }

    /** The same, with a context {@code peer} that trusts the certificate of the application itself. */
    static WebArchive echoAndPeer(String name, TestCertificate certificate) {
        return echo(name, keyAndPeer(certificate)).addClasses(ByNameCheck.class, ByNameCheck.PeerTls.class);
    }

    private static Map<String, String> keyAndPeer(TestCertificate certificate) {
        Map<String, String> configuration = new LinkedHashMap<>(key("web", certificate));
        configuration.put("sluice.ssl.peer.trust-store.pem.certs", certificate.certificatePem());
        return configuration;
    }

    /** Two WARs, {@code first} and {@code second}, and a library with the configuration beside the jar. */
    static EnterpriseArchive ear(TestCertificate certificate) {
        JavaArchive configuration = ShrinkWrap.create(JavaArchive.class, "configuration.jar")
                .addAsResource(Wars.configuration(keyAndPeer(certificate)), Wars.CONFIGURATION);
        EnterpriseArchive ear =
                ShrinkWrap.create(EnterpriseArchive.class, "ear.ear").addAsLibraries(configuration);
        Server.current().libraries().forEach(library -> ear.addAsLibrary(library.toFile()));
        return ear.addAsModule(inEar("first", FirstEndpoint.class)).addAsModule(inEar("second", SecondEndpoint.class));
    }

    private static WebArchive inEar(String name, Class<?> endpoint) {
        return Wars.withCdi(name, List.of())
                .addClasses(endpoint, WarName.class, NamedStream.class, DiscoveredStream.class)
                .addClasses(MadeCheck.class, PortCheck.class)
                .addClasses(ByNameCheck.class, ByNameCheck.PeerTls.class)
                .addAsResource(new StringAsset(name), "war-name");
    }

    /** An application with CDI and without Sluice, to see what the server itself leaves behind. */
    static WebArchive control(String name) {
        return Wars.withCdi(name, Server.current().librariesOfCdi());
    }

    /** Reports what is alive in the server. */
    static WebArchive monitor() {
        return Wars.plain("monitor")
                .addClasses(MonitorServlet.class, ApplicationLoaders.class, ApplicationLoadersMBean.class)
                .addClasses(OpenFiles.class, MappedMemory.class);
    }

    /** The configuration of a context with a certificate. */
    static Map<String, String> key(String context, TestCertificate certificate) {
        return Map.of(
                "sluice.ssl." + context + ".key-store.pem.0.cert", certificate.certificatePem(),
                "sluice.ssl." + context + ".key-store.pem.0.key", certificate.keyPem());
    }

    private static File[] libraries(String kind) {
        return Server.current().libraries(kind).map(Path::toFile).toArray(File[]::new);
    }

    /**
     * Serves an echo with a context that the server manages, and connects to it with another one; reports its clients with
     * two more.
     */
    static WebArchive managed(String name) {
        Map<String, String> contexts = new HashMap<>();
        for (String context : List.of("web", "web-client", "mutual", "asking")) {
            contexts.putAll(Server.current().managed(context, context));
        }
        return Wars.war(name, contexts)
                .addClasses(EchoEndpoint.class, WarEchoStream.class, PeerEndpoint.class)
                .addClasses(PortCheck.class, ConnectCheck.class, ReloadCheck.class);
    }

    private static Asset stored(KeyStore keys) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try {
            keys.store(stored, "changeit".toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayAsset(stored.toByteArray());
    }
}
