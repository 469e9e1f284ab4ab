package io.sluice.examples.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.jsse.NamedSslSocketFactory;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Angus Mail as the client of the example's server, with the trust of a named context. */
class AngusMailTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("mail authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final String TRUST = "sluice.ssl.mail-client.trust-store.pem.certs";

    /** Both kinds of server: STARTTLS, and TLS from the first byte. */
    @ApplicationScoped
    public static class Office {

        static final List<Message> INBOX = new CopyOnWriteArrayList<>();

        @Produces
        @SslContext("mail")
        SslContextSpecifier server() {
            return SslContextSpecifier.of(AUTHORITY.issue("mail.example").context());
        }

        @SocketEndpoint(value = "smtp", port = 0, address = "127.0.0.1", ssl = "none")
        void serve(SmtpSession session) throws IOException {
            session.serve();
        }

        @SocketEndpoint(value = "smtps", port = 0, address = "127.0.0.1", ssl = "mail")
        void serveSecured(SmtpSession session) throws IOException {
            session.serve();
        }

        void keep(@Observes Message message) {
            INBOX.add(message);
        }
    }

    /** As the documentation shows it. */
    public static class MailTls extends NamedSslSocketFactory {

        public MailTls() {
            super("mail-client");
        }

        public static SocketFactory getDefault() {
            return new MailTls();
        }
    }

    private enum Way {
        SMTPS_WITH_THE_INJECTED_FACTORY("smtps", true),
        SMTPS_WITH_THE_NAME_OF_A_CLASS("smtps", false),
        STARTTLS_WITH_THE_INJECTED_FACTORY("smtp", true),
        STARTTLS_WITH_THE_NAME_OF_A_CLASS("smtp", false);

        final String protocol;
        final boolean injected;

        Way(String protocol, boolean injected) {
            this.protocol = protocol;
            this.injected = injected;
        }

        Properties properties(SeContainer container) {
            Properties mail = new Properties();
            String prefix = "mail." + protocol + ".";
            if (injected) {
                mail.put(prefix + "ssl.socketFactory", injected(container));
            } else {
                mail.setProperty(prefix + "ssl.socketFactory.class", MailTls.class.getName());
            }
            // Otherwise a failure of the factory lets Angus Mail try again with what the JDK trusts.
            mail.setProperty(prefix + "socketFactory.fallback", "false");
            mail.setProperty(prefix + "starttls.required", String.valueOf(protocol.equals("smtp")));
            mail.setProperty(prefix + "connectiontimeout", "20000");
            mail.setProperty(prefix + "timeout", "20000");
            return mail;
        }
    }

    private static SSLSocketFactory injected(SeContainer container) {
        return container
                .select(SSLSocketFactory.class, SslContext.Literal.of("mail-client"))
                .get();
    }

    @AfterEach
    void forget() {
        System.clearProperty(TRUST);
        Office.INBOX.clear();
    }

    private static SeContainer trusting(TestAuthority trusted) {
        System.setProperty(TRUST, trusted.pem());
        return SeContainerInitializer.newInstance().addBeanClasses(Office.class).initialize();
    }

    private static void send(Way way, SeContainer container, String host) throws MessagingException {
        int port = container
                .select(SocketServers.class)
                .get()
                .named(way.protocol)
                .orElseThrow()
                .address()
                .getPort();
        Session session = Session.getInstance(way.properties(container));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("a@localhost"));
        message.setRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress("b@localhost"));
        message.setSubject("tried");
        message.setText("sent by " + way);
        message.saveChanges();
        try (Transport transport = session.getTransport(way.protocol)) {
            transport.connect(host, port, null, null);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageIsSentToAServerThatTheContextTrusts(Way way) throws Exception {
        try (SeContainer container = trusting(AUTHORITY)) {
            send(way, container, "127.0.0.1");
        }
        assertThat(Office.INBOX)
                .singleElement()
                .satisfies(message -> assertThat(message.text()).contains("sent by " + way));
    }

    @ParameterizedTest
    @EnumSource
    void serverThatTheContextDoesNotTrustIsRefused(Way way) {
        try (SeContainer container = trusting(OTHER)) {
            assertThatThrownBy(() -> send(way, container, "127.0.0.1"))
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
        }
        assertThat(Office.INBOX).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nameOfTheServerIsVerified(Way way) {
        try (SeContainer container = trusting(AUTHORITY)) {
            assertThatThrownBy(() -> send(way, container, "localhost"))
                    .isInstanceOf(MessagingException.class)
                    .hasStackTraceContaining("No subject alternative DNS name matching localhost found");
        }
        assertThat(Office.INBOX).isEmpty();
    }
}
