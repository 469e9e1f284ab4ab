package io.sluice.internal.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsNoCloseNotifyException;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A client that can encrypt a record without content, which no engine can. */
final class EmptyRecordPeer extends TlsClientProtocol {
    private static final byte[] NOTHING = {};

    EmptyRecordPeer(Socket socket) throws IOException {
        super(socket.getInputStream(), socket.getOutputStream());
    }

    EmptyRecordPeer handshake(String protocol) throws IOException {
        connect(new AnyServer(protocol.equals(TlsCase.TLS_1_3) ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12));
        return this;
    }

    void sendEmptyRecord() throws IOException {
        safeWriteRecord(ContentType.application_data, NOTHING, 0, 0);
    }

    void send(byte[] data) throws IOException {
        writeApplicationData(data, 0, data.length);
    }

    /** How the connection ends. */
    String end() throws IOException {
        try {
            return getInputStream().read() < 0 ? StreamCase.CLOSE_NOTIFY : "data";
        } catch (TlsFatalAlertReceived e) {
            return "alert " + e.getAlertDescription();
        } catch (TlsNoCloseNotifyException e) {
            return StreamCase.FIN;
        }
    }

    private static final class AnyServer extends DefaultTlsClient {
        private final ProtocolVersion version;

        AnyServer(ProtocolVersion version) {
            super(new BcTlsCrypto(new SecureRandom()));
            this.version = version;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new ServerOnlyTlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {
                    // Any one will do.
                }
            };
        }
    }
}
