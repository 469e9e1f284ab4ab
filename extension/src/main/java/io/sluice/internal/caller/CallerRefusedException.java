package io.sluice.internal.caller;

import java.security.cert.CertificateException;

/** Thrown for a client that no rule admits. The message shows its names, and where the rules are. */
public final class CallerRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    CallerRefusedException(String message) {
        super(message);
    }
}
